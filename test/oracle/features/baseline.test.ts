import { readFileSync } from 'node:fs';
import type { FeatureKey } from '../../../src/features/names';
import { FEATURE_CLASSES, isFeatureKey } from '../../../src/features/names';
import type { RegionImage } from '../../../src/features/regionImage';
import type { FeatureSettings } from '../../../src/features/settings';
import { DEFAULT_FEATURE_SETTINGS } from '../../../src/features/settings';
import { describeWithShared, sharedPath } from '../../shared';
import { differences, readRegion } from './reference';

/**
 * PyRadiomics' own baseline: three images, with bin width, bin count, planes only (2d), summed
 * directions (combined) and a flat region. Cases that change the image first (normalisation,
 * resampling, resegmentation) belong to the tests of the whole extraction.
 */
const CHANGED_IMAGE = /normalization|resampling|resegmentation/;

/** Values of an older mesh in the baseline, up to 9e-4 from what PyRadiomics computes today. */
const STALE = ['MeshVolume', 'SurfaceArea', 'SurfaceVolumeRatio', 'Sphericity'];

interface Case {
  readonly name: string;
  readonly settings: Partial<FeatureSettings>;
  readonly references: Map<FeatureKey, number>;
}

function baselineCases(featureClass: string): Case[] {
  const text = readFileSync(sharedPath(`data/pyradiomics/baseline_${featureClass}.csv`), 'utf8');
  const [head, ...rows] = text.trim().split(/\r?\n/).map(cellsOf);
  const settings = rows.find(([name]) => name.endsWith('Configuration_Settings')) ?? [];
  return head
    .map((name, column) => ({ name, column }))
    .filter(({ name }) => /^(brain|breast)/.test(name) && !CHANGED_IMAGE.test(name))
    .map(({ name, column }) => ({
      name,
      settings: knownSettings(settings[column]),
      references: referencesIn(rows, name, column),
    }));
}

function cellsOf(row: string): string[] {
  return [...row.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((cell) => cell[1] ?? cell[2]);
}

/** A Python dictionary, of which the settings that are not None and belong to feature classes. */
function knownSettings(text: string): Partial<FeatureSettings> {
  const json = text
    .replaceAll("'", '"')
    .replace(/None/g, 'null')
    .replace(/True/g, 'true')
    .replace(/False/g, 'false');
  const given = Object.entries(JSON.parse(json) as Record<string, unknown>);
  return Object.fromEntries(
    given.filter(([name, value]) => name in DEFAULT_FEATURE_SETTINGS && value !== null),
  );
}

function referencesIn(rows: string[][], name: string, column: number): Map<FeatureKey, number> {
  const references = new Map<FeatureKey, number>();
  for (const row of rows) {
    const key = row[0].replace('original_', '');
    const stale = name === 'brain1' && STALE.some((feature) => key === `shape_${feature}`);
    if (isFeatureKey(key) && row[column] !== '' && !stale) references.set(key, Number(row[column]));
  }
  return references;
}

describeWithShared("PyRadiomics' baseline", () => {
  for (const featureClass of FEATURE_CLASSES) {
    for (const { name, settings, references } of existingCases(featureClass)) {
      test(`${featureClass} of ${name}`, () => {
        expect(references.size).toBeGreaterThan(0);
        expect(differences(regionOf(name), references, settings)).toEqual([]);
      });
    }
  }
  test('has 72 cases', () => {
    expect(FEATURE_CLASSES.flatMap(existingCases).length).toBe(72);
  });
});

const regions = new Map<string, RegionImage>();

function regionOf(name: string): RegionImage {
  const patient = name.split('_')[0];
  const files = sharedPath(`data/pyradiomics/${patient}`);
  const region = regions.get(patient) ?? readRegion(`${files}_image.nrrd`, `${files}_label.nrrd`);
  regions.set(patient, region);
  return region;
}

function existingCases(featureClass: string): Case[] {
  try {
    return baselineCases(featureClass);
  } catch (error) {
    // The list of tests is made even when the tests are skipped for want of the data.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

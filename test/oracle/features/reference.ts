import { readFileSync } from 'node:fs';
import path from 'node:path';
import { computeFeatures } from '../../../src/features/computeFeatures';
import type { FeatureKey } from '../../../src/features/names';
import type { RegionImage } from '../../../src/features/regionImage';
import type { FeatureSettings } from '../../../src/features/settings';
import { DEFAULT_FEATURE_SETTINGS } from '../../../src/features/settings';
import { readImage } from '../../../src/io/readImage';

/** Values of one PyRadiomics result, a `feature,value` row each. */
export function readResult(file: string): Map<string, string> {
  const rows = readFileSync(file, 'utf8').split(/\r?\n/);
  return new Map(
    rows
      .filter((row) => row.includes(','))
      .map((row) => {
        const comma = row.indexOf(',');
        return [row.slice(0, comma), row.slice(comma + 1)];
      }),
  );
}

export function readRegion(imageFile: string, maskFile: string, label = 1): RegionImage {
  const image = readImage(readFileSync(imageFile), path.basename(imageFile));
  const mask = readImage(readFileSync(maskFile), path.basename(maskFile));
  return {
    size: image.grid.size,
    spacingMm: image.grid.spacingMm,
    image: image.data,
    mask: Uint8Array.from(mask.data, (value) => (value === label ? 1 : 0)),
  };
}

/**
 * The tolerance of the project: 1e-6 of the reference, or 1e-9 where the reference is 0 but for
 * rounding. NaN must be NaN.
 */
export function differs(value: number | undefined, reference: number): boolean {
  if (value === undefined) return true;
  if (Number.isNaN(reference)) return !Number.isNaN(value);
  const allowed = Math.max(1e-6 * Math.abs(reference), Math.abs(reference) < 1e-9 ? 1e-9 : 0);
  return !(Math.abs(value - reference) <= allowed);
}

/** One line for each value that is off; an empty list is what tests expect. */
export function differences(
  region: RegionImage,
  references: ReadonlyMap<FeatureKey, number>,
  settings: Partial<FeatureSettings>,
): string[] {
  const all = { ...DEFAULT_FEATURE_SETTINGS, ...settings };
  const values = computeFeatures(region, [...references.keys()], all);
  return [...references]
    .filter(([key, reference]) => differs(values.get(key), reference))
    .map(([key, reference]) => `${key}: ${values.get(key)} instead of ${reference}`);
}

/** The values that a result has for an image type, for the given keys. All must be there. */
export function referencesFor(
  result: ReadonlyMap<string, string>,
  imageType: string,
  keys: readonly FeatureKey[],
): Map<FeatureKey, number> {
  return new Map(
    keys.map((key) => {
      const text = result.get(`${imageType}_${key}`);
      if (text === undefined) throw new Error(`The reference has no ${imageType}_${key}`);
      return [key, Number(text)];
    }),
  );
}

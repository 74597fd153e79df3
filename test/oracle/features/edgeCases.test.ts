import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FeatureKey } from '../../../src/features/names';
import { classOf, isFeatureKey } from '../../../src/features/names';
import { computeFeatures } from '../../../src/features/computeFeatures';
import type { FeatureSettings } from '../../../src/features/settings';
import { DEFAULT_FEATURE_SETTINGS } from '../../../src/features/settings';
import type { Samples, Vec3 } from '../../../src/volume/volume';
import { differences } from './reference';

/**
 * Small regions that are unusual in one way (no neighbours, one level, one slice, many levels, every
 * setting of the classes), against PyRadiomics 3.1.1-dev; test/fixtures/features/makeEdgeCases.py wrote the values.
 */
interface EdgeCases {
  readonly spacingMm: Vec3;
  readonly images: Record<string, { type: string; size: Vec3; samples: number[] }>;
  readonly masks: Record<string, { size: Vec3; inside: number[] }>;
  readonly keys: string[];
  readonly cases: {
    readonly image: string;
    readonly mask: string;
    readonly settings: Partial<FeatureSettings>;
    readonly values: (number | 'NaN' | null)[];
    readonly refused: string[];
  }[];
}

const file = path.join(process.cwd(), 'test/fixtures/features/edgeCases.json');
const document = JSON.parse(readFileSync(file, 'utf8')) as EdgeCases;
type EdgeCase = EdgeCases['cases'][number];

function regionOf({ image, mask }: EdgeCase) {
  const { size, type, samples } = document.images[image];
  const inside = new Uint8Array(samples.length);
  for (const voxel of document.masks[mask].inside) inside[voxel] = 1;
  return { size, spacingMm: document.spacingMm, image: samplesOf(type, samples), mask: inside };
}

function samplesOf(type: string, samples: number[]): Samples {
  if (type === 'float32') return Float32Array.from(samples);
  return type === 'float64' ? Float64Array.from(samples) : Int16Array.from(samples);
}

/**
 * The second axis of two voxels has length 0; both results are the square root of a rounding error
 * of the covariance (about 1e-15 of it), which depends on the order of the additions.
 */
const ROUNDING_OF_ZERO = [
  'shape_MinorAxisLength',
  'shape_LeastAxisLength',
  'shape_Elongation',
  'shape_Flatness',
];

function referencesOf({ mask, values }: EdgeCase): Map<FeatureKey, number> {
  const references = new Map<FeatureKey, number>();
  document.keys.forEach((key, k) => {
    const rounding = mask === 'two voxels apart' && ROUNDING_OF_ZERO.includes(key);
    if (isFeatureKey(key) && values[k] !== null && !rounding)
      references.set(key, Number(values[k]));
  });
  return references;
}

const named = document.cases.map((edge): [string, EdgeCase] => [
  `${edge.image}, ${edge.mask}, ${JSON.stringify(edge.settings)}`,
  edge,
]);

test.each(named)('%s', (_, edge) => {
  expect(differences(regionOf(edge), referencesOf(edge), edge.settings)).toEqual([]);
});

test('what PyRadiomics refuses is refused', () => {
  const refusing = document.cases.filter(({ refused }) => refused.length > 0);
  expect(refusing.length).toBeGreaterThan(0);
  for (const edge of refusing) {
    const settings = { ...DEFAULT_FEATURE_SETTINGS, ...edge.settings };
    const keys = document.keys.filter(isFeatureKey);
    for (const refused of edge.refused) {
      const own = keys.filter((key) => classOf(key) === refused);
      expect(own.length).toBeGreaterThan(0);
      expect(() => computeFeatures(regionOf(edge), own, settings)).toThrow(/no neighbours/);
    }
  }
});

test('two voxels apart have a second axis of rounding errors only', () => {
  const edge = document.cases.find(({ mask }) => mask === 'two voxels apart');
  if (!edge) throw new Error('The case is missing');
  const values = computeFeatures(
    regionOf(edge),
    ['shape_MinorAxisLength'],
    DEFAULT_FEATURE_SETTINGS,
  );
  expect(values.get('shape_MinorAxisLength')).toBeLessThan(1e-5);
});

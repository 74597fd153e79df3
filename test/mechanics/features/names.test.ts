import { computeFeatures } from '../../../src/features/computeFeatures';
import type { FeatureKey } from '../../../src/features/names';
import {
  ALL_FEATURE_KEYS,
  FEATURE_CLASSES,
  WITHDRAWN_FEATURES,
  classOf,
  defaultFeatureKeys,
  isFeatureKey,
} from '../../../src/features/names';
import { findRegion } from '../../../src/features/regionImage';
import { DEFAULT_FEATURE_SETTINGS } from '../../../src/features/settings';

const REGION = {
  size: [4, 4, 4] as const,
  spacingMm: [1, 1, 1] as const,
  image: Float64Array.from({ length: 64 }, (_, i) => (i * 37) % 101),
  mask: new Uint8Array(64).fill(1),
};

test('PyRadiomics has 107 default features in seven classes, and four optional ones', () => {
  const counts = FEATURE_CLASSES.map((name) => defaultFeatureKeys(name).length);
  expect(counts).toEqual([18, 24, 14, 16, 16, 5, 14]);
  expect(ALL_FEATURE_KEYS).toHaveLength(111);
});

test('every name has a value', () => {
  const values = computeFeatures(REGION, ALL_FEATURE_KEYS, DEFAULT_FEATURE_SETTINGS);
  expect([...values.keys()]).toEqual(ALL_FEATURE_KEYS);
  expect([...values].filter(([, value]) => !Number.isFinite(value))).toEqual([]);
});

test('the result has the names asked for, in their order', () => {
  const names: FeatureKey[] = ['ngtdm_Strength', 'firstorder_Mean', 'glcm_MCC', 'shape_Flatness'];
  const values = computeFeatures(REGION, names, DEFAULT_FEATURE_SETTINGS);
  expect([...values.keys()]).toEqual(names);
});

test('a feature has the same value alone and among all others', () => {
  const together = computeFeatures(REGION, ALL_FEATURE_KEYS, DEFAULT_FEATURE_SETTINGS);
  for (const key of ALL_FEATURE_KEYS) {
    const alone = computeFeatures(REGION, [key], DEFAULT_FEATURE_SETTINGS);
    expect([key, alone.get(key)]).toEqual([key, together.get(key)]);
  }
});

test('a region found before gives the same values', () => {
  const region = findRegion(REGION.size, REGION.mask);
  const names = defaultFeatureKeys('glrlm');
  expect(computeFeatures({ ...REGION, region }, names, DEFAULT_FEATURE_SETTINGS)).toEqual(
    computeFeatures(REGION, names, DEFAULT_FEATURE_SETTINGS),
  );
});

test('shape does not look at the intensities', () => {
  const image = new Float64Array(64).fill(NaN);
  const values = computeFeatures(
    { ...REGION, image },
    ['shape_VoxelVolume'],
    DEFAULT_FEATURE_SETTINGS,
  );
  expect(values.get('shape_VoxelVolume')).toBe(64);
});

test('names are recognised, and withdrawn ones point to what replaces them', () => {
  expect(isFeatureKey('glcm_Idmn')).toBe(true);
  expect(isFeatureKey('glcm_Energy')).toBe(false);
  expect(classOf('firstorder_10Percentile')).toBe('firstorder');
  for (const [name, replacement] of Object.entries(WITHDRAWN_FEATURES)) {
    expect(isFeatureKey(name)).toBe(false);
    expect(replacement === null || isFeatureKey(replacement)).toBe(true);
  }
});

test('the inputs are not changed', () => {
  const image = REGION.image.slice();
  const mask = REGION.mask.slice();
  computeFeatures(REGION, ALL_FEATURE_KEYS, DEFAULT_FEATURE_SETTINGS);
  expect(REGION.image).toEqual(image);
  expect(REGION.mask).toEqual(mask);
});

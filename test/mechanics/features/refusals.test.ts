import { computeFeatures } from '../../../src/features/computeFeatures';
import type { FeatureKey } from '../../../src/features/names';
import type { RegionImage } from '../../../src/features/regionImage';
import type { FeatureSettings } from '../../../src/features/settings';
import { DEFAULT_FEATURE_SETTINGS } from '../../../src/features/settings';

const CUBE: RegionImage = {
  size: [3, 3, 3],
  spacingMm: [1, 1, 1],
  image: Float64Array.from({ length: 27 }, (_, i) => 10 * i),
  mask: new Uint8Array(27).fill(1),
};

function refusalOf(
  change: Partial<RegionImage>,
  settings: Partial<FeatureSettings> = {},
  names: FeatureKey[] = ['firstorder_Mean', 'glcm_Contrast'],
) {
  const all = { ...DEFAULT_FEATURE_SETTINGS, ...settings };
  try {
    computeFeatures({ ...CUBE, ...change }, names, all);
  } catch (error) {
    return error;
  }
  throw new Error('It was not refused');
}

function imageWith(value: number): Float64Array {
  return Float64Array.from({ length: 27 }, (_, i) => (i === 13 ? value : i));
}

test.each([NaN, Infinity, -Infinity])('a voxel of %d inside the region is refused', (value) => {
  const refusal = refusalOf({ image: imageWith(value) });
  expect(refusal).toMatchObject({ code: 'FEATURE_NOT_EVALUABLE' });
  expect(String(refusal)).toMatch(/NaN or infinite values in 1 of 27 voxels/);
});

test('a voxel of NaN outside the region is no concern', () => {
  const mask = Uint8Array.from({ length: 27 }, (_, i) => Number(i !== 13));
  const values = computeFeatures(
    { ...CUBE, image: imageWith(NaN), mask },
    ['firstorder_Maximum'],
    DEFAULT_FEATURE_SETTINGS,
  );
  expect(values.get('firstorder_Maximum')).toBe(26);
});

test('an empty region is refused', () => {
  expect(refusalOf({ mask: new Uint8Array(27) })).toMatchObject({ code: 'MASK_EMPTY' });
});

test('a region of one voxel has first-order values and no texture', () => {
  const mask = Uint8Array.from({ length: 27 }, (_, i) => Number(i === 13));
  const one = { ...CUBE, mask };
  const values = computeFeatures(
    one,
    ['firstorder_Mean', 'firstorder_Skewness'],
    DEFAULT_FEATURE_SETTINGS,
  );
  expect([...values.values()]).toEqual([130, 0]);
  expect(refusalOf({ mask }, {}, ['glszm_ZoneEntropy'])).toMatchObject({
    code: 'FEATURE_NOT_EVALUABLE',
  });
});

test('65 535 levels are accepted, one more is refused with what to do', () => {
  const upTo = (level: number) =>
    Float64Array.from({ length: 27 }, (_, i) => (i === 0 ? level - 1 : 0));
  const settings = { ...DEFAULT_FEATURE_SETTINGS, binWidth: 1 };
  const values = computeFeatures(
    { ...CUBE, image: upTo(65_535) },
    ['glcm_MaximumProbability', 'ngtdm_Contrast'],
    settings,
  );
  expect([...values.values()].every(Number.isFinite)).toBe(true);
  const refusal = refusalOf({ image: upTo(65_536) }, { binWidth: 1 });
  expect(refusal).toMatchObject({ code: 'FEATURE_NOT_EVALUABLE' });
  expect(String(refusal)).toMatch(/more than 65535: choose a greater binWidth/);
  expect(refusalOf({ image: upTo(1e9) }, { binWidth: 1e-9 })).toMatchObject({
    code: 'FEATURE_NOT_EVALUABLE',
  });
});

test.each<[keyof FeatureSettings, Partial<FeatureSettings>]>([
  ['binWidth', { binWidth: 0 }],
  ['binWidth', { binWidth: NaN }],
  ['binCount', { binCount: 2.5 }],
  ['distances', { distances: [] }],
  ['distances', { distances: [1, 1] }],
  ['distances', { distances: [0.5] }],
  ['gldm_a', { gldm_a: -1 }],
  ['voxelArrayShift', { voxelArrayShift: Infinity }],
])('a wrong %s is named', (name, settings) => {
  const refusal = refusalOf({}, settings);
  expect(refusal).toMatchObject({ code: 'SETTING_UNSUPPORTED' });
  expect(String(refusal)).toContain(name);
});

test('a distance beyond the region is refused', () => {
  expect(String(refusalOf({}, { distances: [3] }))).toMatch(/3 x 3 x 3 voxels, has no neighbours/);
});

test('a mask that does not fill the grid is a fault of the program', () => {
  expect(refusalOf({ mask: new Uint8Array(26) })).not.toHaveProperty('code');
});

import { isInputError } from '../../../src/chain/errors';
import { SILENT_RUN } from '../../../src/chain/stage';
import { computeFeatures } from '../../../src/features/computeFeatures';
import { square } from '../../../src/imageTypes/pointwise';
import { extractRadiomics } from '../../../src/radiomics/extractRadiomics';
import { parseParameterSet } from '../../../src/radiomics/parameterSet';
import type { Grid } from '../../../src/volume/volume';
import { featureServer } from '../../../src/workers/serveFeatures';
import { pooledRunner, type FeatureWorker } from '../../../src/workers/featurePool';

const grid: Grid = {
  size: [12, 11, 10],
  spacingMm: [1, 1, 2],
  originMm: [3, -2, 7],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
const count = 12 * 11 * 10;
const image = {
  grid,
  data: Int16Array.from({ length: count }, (_, i) => 300 + ((i * 7919) % 251)),
};
const ball = (g: Grid, radius: number) => ({
  grid: g,
  data: Uint8Array.from({ length: g.size[0] * g.size[1] * g.size[2] }, (_, i) => {
    const x = (i % g.size[0]) - 5.5;
    const y = (Math.floor(i / g.size[0]) % g.size[1]) - 5;
    const z = Math.floor(i / (g.size[0] * g.size[1])) - 4.5;
    return x * x + y * y + z * z <= radius * radius ? 1 : 0;
  }),
});
const mask = ball(grid, 4);

const settings = (setting: Record<string, unknown>, imageType?: Record<string, unknown>) =>
  parseParameterSet({ setting, imageType }, 'the test');

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (isInputError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

test('features by name: only these, in this order, equal to those of the whole set', async () => {
  const types = { Original: {}, Wavelet: {}, LoG: { sigma: [2] }, LBP3D: {} };
  const all = await extractRadiomics(image, mask, settings({}, types), SILENT_RUN);
  const names = [
    'wavelet-HLL_glcm_Contrast',
    'original_shape_Sphericity',
    'log-sigma-2-0-mm-3D_gldm_DependenceEntropy',
    'lbp-3D-k_firstorder_Mean',
    'wavelet-HLL_firstorder_Mean',
  ];
  const some = await extractRadiomics(image, mask, { names, settings: {} }, SILENT_RUN);
  expect([...some.keys()]).toEqual(names);
  for (const name of names) expect(some.get(name)).toBe(all.get(name));
});

test('the region is found once for all images, with the same values to the last bit', async () => {
  const what = settings({}, { Original: {}, Square: {} });
  const first = await extractRadiomics(image, mask, what, SILENT_RUN);
  const own = { size: grid.size, spacingMm: grid.spacingMm, mask: mask.data };
  const keys = what.features;
  const features = computeFeatures({ ...own, image: image.data }, keys, what.settings);
  for (const [key, value] of features) expect(first.get(`original_${key}`)).toBe(value);
  const others = keys.filter((key) => !key.startsWith('shape_'));
  const squared = computeFeatures({ ...own, image: square(image.data) }, others, what.settings);
  for (const [key, value] of squared) expect(first.get(`square_${key}`)).toBe(value);
  // Another mask object on the same grid is another region.
  const smaller = await extractRadiomics(image, ball(grid, 3), what, SILENT_RUN);
  expect(smaller.get('original_shape_VoxelVolume')).not.toBe(
    first.get('original_shape_VoxelVolume'),
  );
});

test('resegmentation: shape has its own region', async () => {
  const setting = { resegmentRange: [350, 500] };
  const values = await extractRadiomics(image, mask, settings(setting), SILENT_RUN);
  const whole = await extractRadiomics(image, mask, settings({}), SILENT_RUN);
  const volume = 'original_shape_VoxelVolume';
  expect(values.get(volume)).toBe(whole.get(volume));
  expect(values.get('original_firstorder_Minimum')).toBeGreaterThanOrEqual(350);
});

test('workers give the same values', async () => {
  const set = settings(
    { resampledPixelSpacing: [1, 1, 1] },
    { Original: {}, Wavelet: {}, Square: {} },
  );
  const here = await extractRadiomics(image, mask, set, SILENT_RUN);
  const started: string[] = [];
  const worker = (): FeatureWorker => {
    let listener: Parameters<FeatureWorker['listen']>[0] = () => undefined;
    const serve = featureServer((answer) =>
      queueMicrotask(() => listener(structuredClone(answer))),
    );
    started.push('worker');
    return {
      send: (order) => queueMicrotask(() => serve(structuredClone(order))),
      listen: (onAnswer) => (listener = onAnswer),
      end: () => started.push('ended'),
    };
  };
  const runner = pooledRunner(worker, 2, { workPerWorker: 1, bytes: 1e9 });
  const pooled = await extractRadiomics(image, mask, set, SILENT_RUN, runner);
  expect([...pooled]).toEqual([...here]);
  expect(started).toEqual(['worker', 'worker', 'ended', 'ended']);
});

test('a cancel ends the extraction', async () => {
  const control = new AbortController();
  const run = { signal: control.signal, report: () => control.abort() };
  const set = settings({}, { Original: {}, Square: {} });
  await expect(extractRadiomics(image, mask, set, run)).rejects.toThrow(/abort/i);
});

describe('bad input', () => {
  const moved: Grid = { ...grid, originMm: [4, -2, 7] };
  const single = { grid, data: new Uint8Array(count).fill(1, 700, 701) };
  const line = { grid, data: new Uint8Array(count).fill(1, 700, 705) };
  const withNaN = { grid, data: Float32Array.from(image.data).fill(NaN, 3, 5) };
  const shifted: Grid = { ...grid, originMm: [300, -2, 7] };

  test.each([
    ['empty mask', image, { grid, data: new Uint8Array(count) }, {}, /MASK_EMPTY/],
    ['one voxel', image, single, {}, /MASK_TOO_SMALL.*single voxel/],
    ['a line', image, line, {}, /MASK_TOO_SMALL.*minimumROIDimensions/],
    ['few voxels', image, mask, { minimumROISize: 5000 }, /MASK_TOO_SMALL.*minimumROISize/],
    ['NaN', withNaN, mask, {}, /IMAGE_UNREADABLE.*2 of 1320 voxels/],
    ['another grid', image, { ...mask, grid: moved }, {}, /MASK_GRID.*\(4, -2, 7\).*\(3, -2, 7\)/],
    [
      'another grid, resampled',
      image,
      { ...mask, grid: moved },
      { resampledPixelSpacing: [1, 1, 1] },
      /MASK_GRID/,
    ],
    ['far away', image, { ...mask, grid: shifted }, { correctMask: true }, /MASK_OUTSIDE/],
    ['too many levels', image, mask, { binWidth: 0.001 }, /FEATURE_NOT_EVALUABLE.*grey levels/],
    ['nothing left', image, mask, { resegmentRange: [0, 10] }, /MASK_TOO_SMALL.*resegmentRange/],
  ])('%s', async (_, anImage, aMask, setting, expected) => {
    const set = settings(setting);
    expect(await refusal(extractRadiomics(anImage, aMask, set, SILENT_RUN))).toMatch(expected);
  });

  test.each([
    ['original_glcm_Contrats', /FEATURE_UNKNOWN.*glcm_Contrast/],
    ['wavelt-LLH_glcm_Contrast', /FEATURE_UNKNOWN.*wavelet-LLH/],
    ['Contrast', /FEATURE_UNKNOWN/],
    ['wavelet-LLH_shape_Sphericity', /FEATURE_UNKNOWN.*original_shape_Sphericity/],
    ['log-sigma-50-0-mm-3D_glcm_Contrast', /FEATURE_NOT_EVALUABLE.*too small/],
  ])('the name %s', async (name, expected) => {
    const what = { names: [name], settings: {} };
    expect(await refusal(extractRadiomics(image, mask, what, SILENT_RUN))).toMatch(expected);
  });
});

test('correctMask brings a mask of another grid onto the image', async () => {
  const coarse = ball({ ...grid, size: [12, 11, 10], spacingMm: [1, 1, 2] }, 4);
  const half: Grid = { ...grid, size: [12, 11, 5], spacingMm: [1, 1, 4], originMm: [3, -2, 8] };
  const thick = { grid: half, data: new Uint8Array(12 * 11 * 5) };
  for (let z = 0; z < 5; z++) {
    for (let i = 0; i < 132; i++) thick.data[z * 132 + i] = coarse.data[2 * z * 132 + i];
  }
  const set = settings({ correctMask: true });
  const values = await extractRadiomics(image, thick, set, SILENT_RUN);
  const voxels = thick.data.reduce((sum, v) => sum + v, 0);
  expect(values.get('original_shape_VoxelVolume')).toBe(voxels * 4);
});

test('a flat region: values for what is defined, NaN for images that are not', async () => {
  const flat = { grid, data: new Int16Array(count).fill(7) };
  const types = { Original: {}, Wavelet: {}, LoG: { sigma: [1] }, Square: {}, LBP3D: {} };
  const set = parseParameterSet({ imageType: types }, 'the test');
  const values = await extractRadiomics(flat, mask, set, SILENT_RUN);
  expect(values.get('original_firstorder_Mean')).toBe(7);
  expect(values.get('original_firstorder_Variance')).toBe(0);
  expect(values.get('lbp-3D-m1_firstorder_Variance')).toBeCloseTo(0);
  expect(values.get('lbp-3D-k_firstorder_Mean')).toBeNaN();
  expect(values.get('wavelet-HHH_firstorder_Mean')).toBeCloseTo(0);
});

test('lbp-2D of a single bright voxel: its neighbours have one sample above them', async () => {
  const data = new Int16Array(count);
  const centre = 5 + 12 * (5 + 11 * 5);
  data[centre] = 100;
  const set = parseParameterSet(
    { imageType: { LBP2D: {} }, featureClass: { firstorder: ['Minimum', 'Maximum'] } },
    'the test',
  );
  const values = await extractRadiomics({ grid, data }, mask, set, SILENT_RUN);
  // The bright voxel itself has none above or equal; flat places have all eight.
  expect(values.get('lbp-2D_firstorder_Minimum')).toBe(0);
  expect(values.get('lbp-2D_firstorder_Maximum')).toBe(8);
});

import { estimateBiasField, type BiasFieldMasks } from '../../../src/biasField/correctBiasField';
import { N4_DEFAULTS, type N4Settings } from '../../../src/biasField/n4Settings';
import { SILENT_RUN, type Run } from '../../../src/chain/stage';
import type { Volume } from '../../../src/volume/volume';
import { coil, gridOf, limb, refusal } from '../../fixtures/biasField';

const volume = limb([40, 40, 6], coil);
const estimate = (
  image: Volume,
  settings: Partial<N4Settings> = {},
  masks: BiasFieldMasks = {},
  run: Run = SILENT_RUN,
) =>
  estimateBiasField(
    image,
    { ...N4_DEFAULTS, shrink: [2, 2, 1], iterations: [10, 10], ...settings },
    masks,
    run,
  );
const maskOf = (value: 0 | 1) => ({
  grid: volume.grid,
  data: new Uint8Array(volume.data.length).fill(value),
});

describe('refused', () => {
  test('an image of one value', async () => {
    const constant = { ...volume, data: volume.data.map(() => 7) };
    const error = await refusal(estimate(constant, {}, { series: 'FS-T2WI' }));
    expect(error.code).toBe('IMAGE_UNREADABLE');
    expect(error.message).toContain('Every voxel of FS-T2WI has the value 7');
  });

  test('a mask of background only', async () => {
    const error = await refusal(estimate(volume, {}, { mask: maskOf(0) }));
    expect(error.code).toBe('MASK_EMPTY');
  });

  test('an exclusion that leaves nothing', async () => {
    const error = await refusal(estimate(volume, {}, { exclude: maskOf(1) }));
    expect(error.code).toBe('MASK_EMPTY');
    expect(error.message).toMatch(
      /fills .*: 0 voxels are left outside .* choose a series with more/,
    );
  });

  test('an image without a positive voxel', async () => {
    const negative = { ...volume, data: volume.data.map((value) => -value) };
    const error = await refusal(estimate(negative, {}, { series: 'FS-T2WI' }));
    expect(error.code).toBe('IMAGE_UNREADABLE');
    expect(error.message).toMatch(/^Only 0 of \d+ voxels of FS-T2WI are above 0, and N4 takes log/);
  });

  test('a mask on another grid', async () => {
    const mask = { grid: gridOf([20, 20, 6]), data: new Uint8Array(2400).fill(1) };
    const error = await refusal(estimate(volume, {}, { mask }));
    expect(error.code).toBe('MASK_GRID');
    expect(error.message).toContain('20 x 20 x 6');
  });

  test.each<Partial<N4Settings>>([
    { shrink: [0, 4, 1] },
    { shrink: [1.5, 1, 1] },
    { iterations: [] },
    { iterations: [50, 0] },
    { controlPoints: 3 },
    { histogramBins: 1 },
    { fullWidthAtHalfMaximum: 0 },
    { wienerNoise: 0 },
    { convergence: -1 },
  ])('the settings %o', async (settings) => {
    expect((await refusal(estimate(volume, settings))).code).toBe('SETTING_UNSUPPORTED');
  });
});

describe('accepted', () => {
  const finite = (field: Float32Array) => expect(field.every(Number.isFinite)).toBe(true);

  test('one slice', async () => finite((await estimate(limb([40, 40, 1], coil))).logField));

  test('two slices of 10 mm', async () =>
    finite((await estimate(limb([40, 40, 2], coil, [0.8, 0.8, 10]))).logField));

  test('shrinking below one voxel leaves one', async () =>
    finite((await estimate(limb([40, 40, 3], coil), { shrink: [2, 2, 8] })).logField));

  test('a mask of one value inside', async () => {
    const flat = { ...volume, data: volume.data.map(() => 5) };
    const { logField } = await estimate(flat, {}, { mask: maskOf(1) });
    expect(logField.every((value) => value === 0)).toBe(true);
  });

  test('negative, infinite and missing voxels are left out', async () => {
    const mask = maskOf(1);
    const holes = mask.data.map((_, i) => (i % 5 === 0 ? 0 : 1));
    const broken = volume.data.map((value, i) =>
      i % 5 === 0 ? [-40, 0, Infinity, NaN][(i / 5) % 4] : value,
    );
    const one = await estimate({ ...volume, data: broken }, {}, { mask });
    const other = await estimate(volume, {}, { mask: { ...mask, data: holes } });
    expect(one.logField).toEqual(other.logField);
  });
});

describe('the run', () => {
  test('progress rises and ends below or at one', async () => {
    const fractions: number[] = [];
    const report = (fraction: number) => void fractions.push(fraction);
    await estimate(volume, {}, {}, { ...SILENT_RUN, report });
    expect(fractions.length).toBeGreaterThan(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions[fractions.length - 1]).toBeLessThanOrEqual(1);
  });

  test('an abort stops it', async () => {
    const controller = new AbortController();
    const report = () => controller.abort(new Error('cancelled'));
    const work = estimate(volume, { convergence: 0 }, {}, { signal: controller.signal, report });
    await expect(work).rejects.toThrow('cancelled');
  });
});

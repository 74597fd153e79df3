import { N4_DEFAULTS, N4_RECOMMENDED } from '../../../src/biasField/n4Settings';
import type { AnalysisRequest } from '../../../src/chain/analysis';
import { exampleModel } from '../../fixtures/exampleModel';
import { ceT1, drawn, files, fsT2, limb, run } from '../../fixtures/madeUpStudy';
import { SAGITTAL } from '../dicom/synthetic';
import type { SyntheticSeries } from '../dicom/synthetic';

const both = (change: Partial<SyntheticSeries>): Pick<AnalysisRequest, 'source'> => ({
  source: {
    kind: 'files',
    files: [...files({ ...fsT2, ...change }), ...files({ ...ceT1, ...change })],
  },
});
const other = (change: Partial<SyntheticSeries>): Pick<AnalysisRequest, 'source'> => ({
  source: { kind: 'files', files: [...files(fsT2), ...files({ ...ceT1, ...change })] },
});

it.each<[string, Partial<SyntheticSeries>, string]>([
  ['one slice', { size: [40, 40, 1] }, 'IMAGE_GEOMETRY'],
  ['three slices', { size: [40, 40, 3] }, 'IMAGE_GEOMETRY'],
  ['the same value everywhere', { value: () => 7 }, 'REGISTRATION_FAILED'],
])('a series of %s is refused in a sentence that names it', async (_, change, code) => {
  await expect(run(other(change))).rejects.toMatchObject({
    code,
    message: expect.stringMatching(/^CE-T1WI.*: choose .*\.$/) as string,
  });
});

it('a constant series without registration is refused by the standardisation', async () => {
  await expect(
    run({ ...other({ value: () => 7 }), registration: 'identity' }),
  ).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
});

const base = exampleModel();
const n4 = exampleModel({
  preprocessing: { ...base.preprocessing, biasField: { ...N4_DEFAULTS, shrink: [2, 2, 1] } },
});

it.each([
  ['without N4', base],
  ['with N4', n4],
])('voxels below zero go through %s', async (_, model) => {
  const value = (i: number, j: number, k: number): number => (limb.value?.(i, j, k) ?? 0) - 20;
  const attributes = { PixelRepresentation: 1 };
  const { tumour, habitats } = await run({ ...both({ value, attributes }), model });
  expect(tumour.voxels).toBe(habitats.reduce((sum, { voxels }) => sum + voxels, 0));
});

it('slices of 10 mm go through with a caution for each series', async () => {
  const { flags, tumour } = await run(both({ spacingMm: [2, 2, 10] }));
  expect(flags.filter(({ code }) => code === 'THICK_SLICES')).toHaveLength(2);
  expect(tumour.voxels).toBeGreaterThan(64);
});

describe('a rescale intercept far below zero', () => {
  const shifted = both({ attributes: { RescaleSlope: 1, RescaleIntercept: -5000 } });

  it('moves no region and no habitat', async () => {
    const [plain, moved] = [await run({}), await run(shifted)];
    expect(moved.ring).toEqual(plain.ring);
    expect(moved.habitats).toEqual(plain.habitats);
    expect(moved.flags.map(({ code }) => code)).toEqual(plain.flags.map(({ code }) => code));
  });

  it('leaves N4 without a logarithm, and the sentence says so', async () => {
    await expect(run({ ...shifted, model: n4 })).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      message: expect.stringMatching(/^Only 0 of \d+ voxels of FS-T2WI are above 0/) as string,
    });
  });
});

it('a tumour that fills the images leaves N4 nothing to go by, and the sentence says so', async () => {
  const model = exampleModel({
    preprocessing: { ...base.preprocessing, biasField: { ...N4_RECOMMENDED, shrink: [2, 2, 1] } },
  });
  await expect(run({ model, tumour: drawn(() => true) })).rejects.toMatchObject({
    code: 'MASK_EMPTY',
    message: expect.stringMatching(/fills FS-T2WI: 0 voxels are left outside/) as string,
  });
});

it('a sagittal series beside an axial one shows the same regions', async () => {
  const plain = await run({});
  const at = limb.value ?? (() => 0);
  const sagittal: Partial<SyntheticSeries> = {
    size: [40, 24, 40],
    spacingMm: [2, 2, 2],
    direction: SAGITTAL,
    originMm: [78, 0, 46],
    value: (i, j, k) => at(39 - k, i, Math.max(0, Math.min(11, Math.round((46 - 2 * j) / 4)))),
  };
  const { ring, tumour, overlays } = await run(other(sagittal));
  expect(tumour).toEqual(plain.tumour);
  expect(ring.voxels / plain.ring.voxels).toBeCloseTo(1, 1);
  const drawnMm3 = overlays.ceT1.reduce(
    (sum, { labels }) => sum + labels.filter((label) => label >= 1 && label <= 4).length * 8,
    0,
  );
  expect(drawnMm3 / tumour.volumeMm3).toBeCloseTo(1, 1);
});

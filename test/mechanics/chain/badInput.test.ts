import { N4_DEFAULTS } from '../../../src/biasField/correctBiasField';
import type { AnalysisRequest } from '../../../src/chain/analysis';
import { exampleModel } from '../../fixtures/exampleModel';
import { ceT1, files, fsT2, limb, run } from '../../fixtures/madeUpStudy';
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

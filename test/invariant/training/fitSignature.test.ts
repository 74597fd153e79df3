import { harrellC } from '../../../src/survival/concordance';
import {
  DEFAULT_SELECTION,
  fitSignature,
  signatureRandom,
  signatureScore,
} from '../../../src/training/fitSignature';
import { prepare } from '../../../src/training/prepare';
import { runResample, type ResampleJob } from '../../../src/training/resample';
import { columnName, parseColumnName } from '../../../src/training/featureName';
import { SIGNATURES } from '../../../src/training/signatures';
import { simulatedTable } from '../../fixtures/simulatedTable';

const combat = { variant: 'eb', referenceBatch: 'A' } as const;
const everyColumn = (columns: number): Set<number> => new Set(Array(columns).keys());

test('a strong effect is found, with its sign, and holds in new patients', () => {
  const table = simulatedTable({ patients: 120, columns: 60, effect: 1.2, seed: 1 });
  const prepared = prepare(table, combat);
  const fit = fitSignature(prepared, everyColumn(60), DEFAULT_SELECTION, signatureRandom(1, 0, 0));
  const weight = (column: number): number =>
    fit.features.find((feature) => feature.column === column)?.coefficient ?? 0;
  expect(weight(0)).toBeGreaterThan(0);
  expect(weight(1)).toBeLessThan(0);
  const others = simulatedTable({ patients: 200, columns: 60, effect: 1.2, seed: 2 });
  expect(harrellC(others.data, signatureScore(fit, prepared, others)).c).toBeGreaterThan(0.75);
});

test('only columns of the signature are selected', () => {
  const table = simulatedTable({ patients: 120, columns: 30, effect: 1.2, seed: 1 });
  const members = new Set([1, 5, 6, 7]);
  const random = signatureRandom(1, 0, 0);
  const fit = fitSignature(prepare(table, combat), members, DEFAULT_SELECTION, random);
  expect(fit.candidates).toBe(4);
  expect(fit.features.every(({ column }) => members.has(column))).toBe(true);
});

test('the same seed gives the same signature', () => {
  const table = simulatedTable({ patients: 60, columns: 30, effect: 0.8, seed: 3 });
  const fit = (): unknown => {
    const random = signatureRandom(7, 0, 0);
    return fitSignature(prepare(table, combat), everyColumn(30), DEFAULT_SELECTION, random);
  };
  expect(fit()).toEqual(fit());
});

test('a value that is not evaluable counts as the mean', () => {
  const table = simulatedTable({ patients: 60, columns: 4, effect: 1, seed: 5 });
  table.columns[2][7] = NaN;
  const prepared = prepare(table, combat);
  expect(prepared.values[2][7]).toBe(0);
  expect(prepared.values[2].reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9);
});

test('where there is no effect, the bootstrap takes back what the selection invented', () => {
  const table = simulatedTable({ patients: 80, columns: 80, effect: 0, seed: 4 });
  const job: ResampleJob = {
    table,
    clinical: [],
    signatures: [[...everyColumn(80)]],
    selection: DEFAULT_SELECTION,
    combat,
    ties: 'efron',
    seed: 1,
    grids: { auc: [12, 24], brier: [0, 6, 12, 18, 24] },
  };
  const outcomes = Array.from({ length: 8 }, (_, b) => runResample(job, b + 1)[0].rprs);
  const optimism = outcomes.map(({ inResample, inAll }) => inResample.c - inAll.c);
  expect(optimism.reduce((sum, value) => sum + value, 0) / optimism.length).toBeGreaterThan(0.05);
});

test("eighteen signatures, and the paper's best is one of them", () => {
  expect(SIGNATURES).toHaveLength(18);
  const count = (group: string): number => SIGNATURES.filter((s) => s.group === group).length;
  expect([count('conventional'), count('baseline-habitat'), count('habitat')]).toEqual([4, 9, 5]);
  expect(SIGNATURES.map(({ name }) => name)).toContain('Peri-tumor + Habitat_combined');
});

test.each([
  'peritumour.fsT2.wavelet-LLH_glcm_Contrast',
  'tumour.original_shape_Sphericity',
  'expansion.ceT1.log-sigma-1.5-mm-3D_firstorder_Mean',
  'habitat1.fraction',
])('the column name %s reads and writes the same', (name) => {
  const parsed = parseColumnName(name);
  expect(parsed && columnName(parsed)).toBe(name);
});

test.each(['age', 'tumour', 'liver.fsT2.original_firstorder_Mean', 'tumour.fsT2.'])(
  'the column %s is not a feature',
  (name) => expect(parseColumnName(name)).toBeNull(),
);

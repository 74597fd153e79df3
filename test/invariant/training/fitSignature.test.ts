import { harrellC } from '../../../src/survival/concordance';
import {
  DEFAULT_SELECTION,
  fitSignature,
  signatureRandom,
  signatureScore,
} from '../../../src/training/fitSignature';
import { resampleOnce, summariseOptimism } from '../../../src/training/optimism';
import { columnName, parseColumnName } from '../../../src/training/featureName';
import { SIGNATURES } from '../../../src/training/signatures';
import { simulatedTable } from '../../fixtures/simulatedTable';

const combat = { variant: 'eb', referenceBatch: 'A' } as const;

test('a strong effect is found, with its sign, and holds in new patients', () => {
  const table = simulatedTable({ patients: 120, columns: 60, effect: 1.2, seed: 1 });
  const fit = fitSignature(table, DEFAULT_SELECTION, combat, signatureRandom(1, 0, 0));
  const weight = (column: number): number =>
    fit.features.find((feature) => feature.column === column)?.coefficient ?? 0;
  expect(weight(0)).toBeGreaterThan(0);
  expect(weight(1)).toBeLessThan(0);
  const others = simulatedTable({ patients: 200, columns: 60, effect: 1.2, seed: 2 });
  expect(harrellC(others.data, signatureScore(fit, others)).c).toBeGreaterThan(0.75);
});

test('the same seed gives the same signature', () => {
  const table = simulatedTable({ patients: 60, columns: 30, effect: 0.8, seed: 3 });
  const once = fitSignature(table, DEFAULT_SELECTION, combat, signatureRandom(7, 0, 0));
  const again = fitSignature(table, DEFAULT_SELECTION, combat, signatureRandom(7, 0, 0));
  expect(again).toEqual(once);
});

test('where there is no effect, the bootstrap takes back what the selection invented', () => {
  const table = simulatedTable({ patients: 80, columns: 80, effect: 0, seed: 4 });
  const fit = fitSignature(table, DEFAULT_SELECTION, combat, signatureRandom(1, 0, 0));
  const apparent = harrellC(table.data, signatureScore(fit, table)).c;
  const outcomes = Array.from({ length: 12 }, (_, b) =>
    resampleOnce(table, DEFAULT_SELECTION, combat, signatureRandom(1, 0, b + 1)),
  );
  const optimism = summariseOptimism(apparent, outcomes, table.columns.length);
  expect(optimism.corrected).toBeLessThan(optimism.apparent);
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

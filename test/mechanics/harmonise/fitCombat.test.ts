import { applyCombat, calibrateBatch, fitCombat } from '../../../src/harmonise/fitCombat';

const values = [
  [1, 10],
  [2, 12],
  [3, 11],
  [5, 20],
  [7, 23],
  [6, 25],
];
const transposed = (rows: readonly (readonly number[])[]): Float64Array[] =>
  rows[0].map((_, g) => Float64Array.from(rows, (row) => row[g]));
const columns = transposed(values);
const batch = ['A', 'A', 'A', 'B', 'B', 'B'];
const settings = { variant: 'eb', referenceBatch: 'A' } as const;

test('the reference batch stays as it is', () => {
  const fit = fitCombat({ columns, batch }, settings);
  expect(applyCombat(fit, values[1], 'A')).toEqual(values[1]);
});

test('a patient of an unknown batch is refused', () => {
  const fit = fitCombat({ columns, batch }, settings);
  expect(() => applyCombat(fit, values[0], 'D')).toThrow('one patient alone cannot be harmonised');
});

test.each([
  [{ columns, batch: ['A', 'A', 'A', 'A', 'A', 'B'] }, 'The batch “B” has one patient'],
  [{ columns, batch: values.map(() => 'A') }, 'nothing to harmonise'],
  [{ columns, batch: values.map(() => 'B') }, 'reference batch “A” has no patient'],
  [
    { columns: transposed(values.map(([a]) => [a, 4])), batch },
    'Feature 2 is constant in the batch “A”',
  ],
])('unusable batches are refused (%#)', (input, sentence) => {
  expect(() => fitCombat(input, settings)).toThrow(sentence);
});

test('a further batch needs a reference batch and more than one patient', () => {
  const frozen = fitCombat({ columns, batch }, settings);
  const one = { columns: columns.map((values) => values.slice(0, 1)) };
  expect(() => calibrateBatch(frozen, 'C', one, 'eb')).toThrow('The batch “C” has one patient');
  const free = fitCombat({ columns, batch }, { variant: 'eb', referenceBatch: null });
  expect(() => calibrateBatch(free, 'C', { columns }, 'eb')).toThrow('without a reference batch');
});

test.each(['eb', 'nonparametric', 'meanOnly'] as const)('%s with a single feature', (variant) => {
  const fit = fitCombat({ columns: [columns[1]], batch }, { variant, referenceBatch: 'A' });
  expect(applyCombat(fit, [22], 'B').every(Number.isFinite)).toBe(true);
});

test('the non-parametric prior does not underflow with many patients', () => {
  const many = Array.from({ length: 3 }, (_, g) =>
    Float64Array.from({ length: 900 }, (_, row) => Math.sin(row * (g + 1)) * (row < 450 ? 1 : 3)),
  );
  const batches = Array.from({ length: 900 }, (_, row) => (row < 450 ? 'A' : 'B'));
  const fit = fitCombat(
    { columns: many, batch: batches },
    { variant: 'nonparametric', referenceBatch: null },
  );
  expect(fit.batches['B'].deltaSquared.every((value) => value > 0)).toBe(true);
});

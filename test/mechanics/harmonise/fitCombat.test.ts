import { applyCombat, fitCombat } from '../../../src/harmonise/fitCombat';

const values = [
  [1, 10],
  [2, 12],
  [3, 11],
  [5, 20],
  [7, 23],
  [6, 25],
];
const batch = ['A', 'A', 'A', 'B', 'B', 'B'];
const settings = { variant: 'eb', referenceBatch: 'A' } as const;

test('the reference batch stays as it is', () => {
  const fit = fitCombat({ values, batch }, settings);
  expect(applyCombat(fit, values[1], 'A')).toEqual(values[1]);
});

test('a patient of an unknown batch is refused', () => {
  const fit = fitCombat({ values, batch }, settings);
  expect(() => applyCombat(fit, values[0], 'D')).toThrow('one patient alone cannot be harmonised');
});

test.each([
  [{ values, batch: ['A', 'A', 'A', 'A', 'A', 'B'] }, 'The batch “B” has one patient'],
  [{ values, batch: values.map(() => 'A') }, 'nothing to harmonise'],
  [{ values, batch: values.map(() => 'B') }, 'reference batch “A” has no patient'],
  [{ values: values.map(([a]) => [a, 4]), batch }, 'Feature 2 is constant in the batch “A”'],
])('unusable batches are refused (%#)', (input, sentence) => {
  expect(() => fitCombat(input, settings)).toThrow(sentence);
});

import { mrmr } from '../../../src/training/selection/mrmr';
import {
  rankCache,
  spearman,
  uncorrelated,
  univariable,
  varying,
} from '../../../src/training/selection/screen';
import { bootstrapSample, seededRandom, stratifiedFolds } from '../../../src/training/random';

const random = seededRandom(3, 0);
const rows = 60;
const column = (): Float64Array => Float64Array.from({ length: rows }, () => random.integer(1000));
const signal = column();
const data = {
  time: Array.from(signal, (value) => 1200 - value + random.integer(200)),
  event: Array.from(signal, (_, i) => (i % 4 === 0 ? 0 : 1)),
};

test('Spearman sees order only', () => {
  expect(spearman(signal, signal.map(Math.sqrt))).toBeCloseTo(1, 12);
  expect(
    spearman(
      signal,
      signal.map((value) => -value),
    ),
  ).toBeCloseTo(-1, 12);
});

test('a candidate that drives the outcome comes first, and its copies are left out', () => {
  const columns = [column(), signal, signal.map((value) => value ** 3), column()];
  const associations = univariable(data, columns);
  expect([1, 2]).toContain(associations[0].candidate);
  const kept = uncorrelated(
    rankCache(columns),
    associations.map(({ candidate }) => candidate),
    0.9,
  );
  expect(kept).toHaveLength(3);
  expect(kept.includes(1) && kept.includes(2)).toBe(false);
  const [first, second] = mrmr(rankCache(columns), associations, 2, 0.9);
  expect([1, 2]).toContain(first);
  expect([0, 3]).toContain(second);
});

test('constant candidates do not vary', () => {
  const rare = new Float64Array(rows);
  rare[0] = 1;
  expect(varying([new Float64Array(rows), signal, rare])).toEqual([1]);
});

test('one seed gives one sequence, two streams give two', () => {
  const draw = (seed: number, stream: number): number[] =>
    bootstrapSample(40, seededRandom(seed, stream));
  expect(draw(1, 0)).toEqual(draw(1, 0));
  expect(draw(1, 0)).not.toEqual(draw(1, 1));
  expect(draw(1, 0)).not.toEqual(draw(2, 0));
});

test('folds hold events and patients evenly', () => {
  const fold = stratifiedFolds(data.event, 5, seededRandom(1, 2));
  for (let f = 0; f < 5; f++) {
    const members = fold.flatMap((value, row) => (value === f ? [row] : []));
    expect(members).toHaveLength(12);
    expect(members.filter((row) => data.event[row] === 1)).toHaveLength(9);
  }
});

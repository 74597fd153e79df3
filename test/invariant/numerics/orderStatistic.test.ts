import fc from 'fast-check';
import { orderStatistic } from '../../../src/numerics/orderStatistic';

const values = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer()), {
  minLength: 1,
  maxLength: 200,
});

test('the k-th smallest value is the one at place k of the sorted values', () => {
  fc.assert(
    fc.property(values, fc.nat(), (list, seed) => {
      const k = seed % list.length;
      const sorted = Float64Array.from(list).sort();
      expect(orderStatistic(Float64Array.from(list), k)).toBe(sorted[k]);
    }),
    { numRuns: 500 },
  );
});

test('after one place was found, those behind it are found among the rest', () => {
  fc.assert(
    fc.property(values, fc.nat(), fc.nat(), (list, one, other) => {
      const [from, k] = [one % list.length, other % list.length].sort((a, b) => a - b);
      const sorted = Float64Array.from(list).sort();
      const taken = Float64Array.from(list);
      orderStatistic(taken, from);
      expect(orderStatistic(taken, k, from)).toBe(sorted[k]);
    }),
    { numRuns: 500 },
  );
});

test('a place outside the values is a mistake of the caller', () => {
  expect(() => orderStatistic(new Float32Array(3), 3)).toThrow('No order statistic 3 of 3');
});

import fc from 'fast-check';
import { percentiles, valuesAtRanks } from '../../../src/features/orderStatistics';

const samples = fc.oneof(
  fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 50 }),
  // Larger than what is sorted at once, with many ties, or with nearly all values in one bucket.
  fc
    .integer({ min: 1, max: 1000 })
    .map((k) => Array.from({ length: 5000 }, (_, i) => (i * 7919) % k)),
  fc
    .integer({ min: 1, max: 60 })
    .map((k) => Array.from({ length: 9000 }, (_, i) => Math.exp((i * k) % 97))),
);

test('values at ranks are those of the sorted sample', () => {
  fc.assert(
    fc.property(
      samples,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
      (sample, at) => {
        const values = Float64Array.from(sample);
        const sorted = values.slice().sort();
        const ranks = at.map((share) => Math.round(share * (values.length - 1)));
        const found = valuesAtRanks(values, sorted[0], sorted[sorted.length - 1], ranks);
        for (const rank of ranks) expect(found.get(rank)).toBe(sorted[rank]);
      },
    ),
  );
});

test('percentiles interpolate as numpy does', () => {
  // numpy.percentile([1, 2, 4, 8], [0, 10, 50, 90, 100])
  expect(percentiles(Float64Array.of(8, 2, 4, 1), 1, 8, [0, 10, 50, 90, 100])).toEqual([
    1, 1.3, 3, 6.800000000000001, 8,
  ]);
});

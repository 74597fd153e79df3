/**
 * Undecimated filtering with periodic borders, out[o] = sum_j f[j] in[(o + F/2 - j) mod N], for two
 * filters at once. Follows PyWavelets' `downsampling_convolution_periodization` down to the order of
 * the sums, so that single precision results are the same to the last bit.
 */
import { sumDouble, sumSingle, sumSixDouble, sumSixSingle, type Real, type Sum } from './tapSums';
import { CHUNK } from '../numerics/chunk';
import type { WaveletFilters } from './waveletFilters';

/** For one position of a line: where its taps lie, relative to it, and their weights, in order. */
interface Position {
  readonly steps: Int32Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Filters along an axis of an image, x fastest. Lines have `n` samples, `stride` apart: for x the
 * stride is 1, for y the row length, for z the slice size.
 */
export function filterAxis(
  input: Real,
  n: number,
  stride: number,
  filters: WaveletFilters,
  outLow: Real,
  outHigh: Real,
): void {
  const positions = Array.from({ length: n }, (_, o) => positionAt(o, n, stride, filters));
  const sum = sumFor(input, filters);
  const run = (first: number, count: number, { steps, low, high }: Position): void =>
    sum(input, first, count, steps, low, high, outLow, outHigh);
  if (stride > 1) {
    for (let first = 0; first < input.length; first += stride) {
      run(first, stride, positions[(first / stride) % n]);
    }
    return;
  }
  // Inside a line all positions are alike, so all lines go in one sweep; then the ends are redone.
  const reach = filters.low.length;
  const inner = n > 2 * reach ? reach : n;
  if (inner < n) {
    for (let first = reach; first < input.length - reach; first += CHUNK) {
      run(first, Math.min(CHUNK, input.length - reach - first), positions[inner]);
    }
  }
  for (let line = 0; line < input.length; line += n) {
    for (let o = 0; o < inner; o++) run(line + o, 1, positions[o]);
    for (let o = Math.max(inner, n - reach); o < n; o++) run(line + o, 1, positions[o]);
  }
}

function sumFor(input: Real, { low }: WaveletFilters): Sum {
  const single = input instanceof Float32Array;
  if (low.length === 6) return single ? sumSixSingle : sumSixDouble;
  return single ? sumSingle : sumDouble;
}

function positionAt(o: number, n: number, stride: number, { low, high }: WaveletFilters): Position {
  const taps = tapOrder(o, n, low.length);
  const source = (tap: number): number => (((o + low.length / 2 - tap) % n) + n) % n;
  return {
    steps: Int32Array.from(taps, (tap) => (source(tap) - o) * stride),
    low: Float64Array.from(taps, (tap) => low[tap]),
    high: Float64Array.from(taps, (tap) => high[tap]),
  };
}

/** Beyond the right border PyWavelets sums what wraps around backwards, then the rest. */
function tapOrder(o: number, n: number, length: number): number[] {
  const taps = Array.from({ length }, (_, tap) => tap);
  const wrapped = n >= length ? Math.max(0, Math.min(length, o + length / 2 - n + 1)) : 0;
  return [...taps.slice(0, wrapped).reverse(), ...taps.slice(wrapped)];
}

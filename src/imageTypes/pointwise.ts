/**
 * PyRadiomics' point operations, in double precision: square, square root, logarithm and
 * exponential, scaled so that the greatest magnitude of the image stays where it was.
 */
import { CHUNK } from '../numerics/chunk';
import type { Samples } from '../volume/volume';

/** (x / sqrt(m))^2, m = max |x|. */
export function square(data: Samples): Float64Array {
  const c = 1 / Math.sqrt(greatestMagnitude(data));
  return map(data, (x) => {
    const scaled = c * x;
    return scaled * scaled;
  });
}

/** sign(x) sqrt(m |x|). */
export function squareRoot(data: Samples): Float64Array {
  const m = greatestMagnitude(data);
  return map(data, (x) => (x > 0 ? Math.sqrt(x * m) : x < 0 ? -Math.sqrt(-x * m) : x));
}

/** sign(x) log(|x| + 1) m / log(m + 1). */
export function logarithm(data: Samples): Float64Array {
  const m = greatestMagnitude(data);
  const logs = map(data, (x) => (x > 0 ? Math.log(x + 1) : x < 0 ? -Math.log(-(x - 1)) : x));
  const c = m / greatestMagnitude(logs);
  return map(logs, (x) => x * c);
}

/** exp(x log(m) / m). */
export function exponential(data: Samples): Float64Array {
  const m = greatestMagnitude(data);
  const c = Math.log(m) / m;
  return map(data, (x) => Math.exp(c * x));
}

function greatestMagnitude(data: Samples): number {
  let greatest = 0;
  for (let from = 0; from < data.length; from += CHUNK) {
    greatest = greatestOf(data, from, Math.min(from + CHUNK, data.length), greatest);
  }
  return greatest;
}

function greatestOf(data: Samples, from: number, to: number, atLeast: number): number {
  let greatest = atLeast;
  for (let i = from; i < to; i++) greatest = Math.max(greatest, Math.abs(data[i]));
  return greatest;
}

function map(data: Samples, f: (x: number) => number): Float64Array {
  const result = new Float64Array(data.length);
  for (let from = 0; from < data.length; from += CHUNK) {
    mapChunk(data, f, from, Math.min(from + CHUNK, data.length), result);
  }
  return result;
}

function mapChunk(
  data: Samples,
  f: (x: number) => number,
  from: number,
  to: number,
  result: Float64Array,
): void {
  for (let i = from; i < to; i++) result[i] = f(data[i]);
}

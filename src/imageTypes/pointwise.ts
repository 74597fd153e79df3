/**
 * PyRadiomics' point operations, in double precision: square, square root, logarithm and
 * exponential, scaled so that the greatest magnitude of the image stays where it was.
 */
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
  for (let i = 0; i < logs.length; i++) logs[i] *= c;
  return logs;
}

/** exp(x log(m) / m). */
export function exponential(data: Samples): Float64Array {
  const m = greatestMagnitude(data);
  const c = Math.log(m) / m;
  return map(data, (x) => Math.exp(c * x));
}

function greatestMagnitude(data: Samples): number {
  let greatest = 0;
  for (let i = 0; i < data.length; i++) greatest = Math.max(greatest, Math.abs(data[i]));
  return greatest;
}

function map(data: Samples, f: (x: number) => number): Float64Array {
  const result = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) result[i] = f(data[i]);
  return result;
}

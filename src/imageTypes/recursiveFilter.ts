/** Runs a recursive Gaussian along one axis, as ITK's RecursiveSeparableImageFilter. */
import type { Samples, Vec3 } from '../volume/volume';
import type { RecursiveCoefficients } from './recursiveGaussian';

/** ITK refuses shorter lines. */
export const MINIMUM_LENGTH = 4;

/**
 * Filters every line of an axis (0 x, 1 y, 2 z) and rounds to single precision; the sums run in
 * double precision. Lines that lie side by side in memory are filtered together.
 */
export function filterLines(
  input: Samples,
  size: Vec3,
  axis: 0 | 1 | 2,
  coefficients: RecursiveCoefficients,
): Float32Array {
  const [nx, ny, nz] = size;
  const output = new Float32Array(input.length);
  const n = size[axis];
  // A sheet holds the lines that are filtered together: all of a slice, for z all of one row.
  const width = axis === 0 ? ny : nx;
  const sheets = axis === 2 ? ny : nz;
  const between = axis === 2 ? nx : nx * ny;
  const along = [1, nx, nx * ny][axis];
  const across = axis === 0 ? nx : 1;
  const data = new Float64Array(n * width);
  const causal = new Float64Array(n * width);
  const anticausal = new Float64Array(n * width);
  for (let sheet = 0; sheet < sheets; sheet++) {
    const base = sheet * between;
    for (let i = 0, to = 0; i < n; i++) {
      for (let j = 0, at = base + i * along; j < width; j++, at += across) data[to++] = input[at];
    }
    sweepForward(data, n, width, coefficients, causal);
    sweepBackward(data, n, width, coefficients, anticausal);
    for (let i = 0, from = 0; i < n; i++) {
      for (let j = 0, at = base + i * along; j < width; j++, at += across, from++) {
        output[at] = causal[from] + anticausal[from];
      }
    }
  }
  return output;
}

/** out[i] = sum n[k] in[i - k] - sum d[k] out[i - 1 - k] */
function sweepForward(
  data: Float64Array,
  n: number,
  width: number,
  { n: num, d, bn }: RecursiveCoefficients,
  out: Float64Array,
): void {
  for (let i = 0; i < MINIMUM_LENGTH; i++) {
    const row = i * width;
    for (let j = 0; j < width; j++) {
      // Before the first sample the line continues with its value, and the output with its limit.
      const past = (k: number): number => (k <= i ? data[row + j - k * width] : data[j]);
      const feedback = (k: number): number =>
        k < i ? out[row + j - (k + 1) * width] * d[k] : data[j] * bn[k];
      const sum = past(0) * num[0] + past(1) * num[1] + past(2) * num[2] + past(3) * num[3];
      out[row + j] = sum - (feedback(0) + feedback(1) + feedback(2) + feedback(3));
    }
  }
  const [n0, n1, n2, n3] = num;
  const [d1, d2, d3, d4] = d;
  const [w2, w3, w4] = [2 * width, 3 * width, 4 * width];
  for (let at = MINIMUM_LENGTH * width; at < n * width; at++) {
    const sum = data[at] * n0 + data[at - width] * n1 + data[at - w2] * n2 + data[at - w3] * n3;
    out[at] =
      sum - (out[at - width] * d1 + out[at - w2] * d2 + out[at - w3] * d3 + out[at - w4] * d4);
  }
}

/** out[i] = sum m[k] in[i + 1 + k] - sum d[k] out[i + 1 + k] */
function sweepBackward(
  data: Float64Array,
  n: number,
  width: number,
  { m, d, bm }: RecursiveCoefficients,
  out: Float64Array,
): void {
  const last = (n - 1) * width;
  for (let i = 0; i < MINIMUM_LENGTH; i++) {
    const row = last - i * width;
    for (let j = 0; j < width; j++) {
      const next = (k: number): number =>
        k < i ? data[row + j + (k + 1) * width] : data[last + j];
      const feedback = (k: number): number =>
        k < i ? out[row + j + (k + 1) * width] * d[k] : data[last + j] * bm[k];
      const sum = next(0) * m[0] + next(1) * m[1] + next(2) * m[2] + next(3) * m[3];
      out[row + j] = sum - (feedback(0) + feedback(1) + feedback(2) + feedback(3));
    }
  }
  const [m1, m2, m3, m4] = m;
  const [d1, d2, d3, d4] = d;
  const [w2, w3, w4] = [2 * width, 3 * width, 4 * width];
  for (let at = (n - MINIMUM_LENGTH) * width - 1; at >= 0; at--) {
    const sum =
      data[at + width] * m1 + data[at + w2] * m2 + data[at + w3] * m3 + data[at + w4] * m4;
    out[at] =
      sum - (out[at + width] * d1 + out[at + w2] * d2 + out[at + w3] * d3 + out[at + w4] * d4);
  }
}

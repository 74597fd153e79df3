/** Runs a recursive Gaussian along one axis, as ITK's RecursiveSeparableImageFilter. */
import type { Samples, Vec3 } from '../volume/volume';
import type { RecursiveCoefficients } from './recursiveGaussian';

/** ITK refuses shorter lines. */
export const MINIMUM_LENGTH = 4;

/**
 * Filters every line of an axis (0 x, 1 y, 2 z) and rounds to single precision; the sums run in
 * double precision. Two lines go side by side, so that neither waits for its own recursion.
 * @param output takes the result; may be the input itself.
 */
export function filterLines(
  input: Samples,
  size: Vec3,
  axis: 0 | 1 | 2,
  coefficients: RecursiveCoefficients,
  output: Float32Array,
): void {
  const [nx, ny, nz] = size;
  const n = size[axis];
  const stride = [1, nx, nx * ny][axis];
  // Lines start at `across` from each other, `width` of them in each of the sheets.
  const across = axis === 0 ? nx : 1;
  const width = axis === 0 ? ny : nx;
  const sheets = axis === 2 ? ny : nz;
  const between = axis === 2 ? nx : nx * ny;
  const pair = new Float64Array(2 * n);
  const causal = new Float64Array(2 * n);
  const anticausal = new Float64Array(2 * n);
  for (let sheet = 0; sheet < sheets; sheet++) {
    for (let line = 0; line < width; line += 2) {
      const first = sheet * between + line * across;
      // The last of an odd number of lines is filtered twice.
      const second = line + 1 < width ? first + across : first;
      for (let i = 0, p = first, q = second; i < 2 * n; i += 2, p += stride, q += stride) {
        pair[i] = input[p];
        pair[i + 1] = input[q];
      }
      forward(pair, n, coefficients, causal);
      backward(pair, n, coefficients, anticausal);
      for (let i = 0, p = first, q = second; i < 2 * n; i += 2, p += stride, q += stride) {
        output[p] = causal[i] + anticausal[i];
        output[q] = causal[i + 1] + anticausal[i + 1];
      }
    }
  }
}

/**
 * out[i] = sum n[k] in[i - k] - sum d[k] out[i - 1 - k]. Before its first sample a line continues
 * with its value, and what it feeds back with the limit for that value.
 */
function forward(
  data: Float64Array,
  n: number,
  { n: num, d, bn }: RecursiveCoefficients,
  out: Float64Array,
): void {
  for (let i = 0; i < 2 * MINIMUM_LENGTH; i++) {
    const edge = data[i % 2];
    let sum = 0;
    let fed = 0;
    for (let k = 0; k < 4; k++) sum += (i >= 2 * k ? data[i - 2 * k] : edge) * num[k];
    for (let k = 0; k < 4; k++) {
      fed += i >= 2 * (k + 1) ? out[i - 2 * (k + 1)] * d[k] : edge * bn[k];
    }
    out[i] = sum - fed;
  }
  const [n0, n1, n2, n3] = num;
  const [d1, d2, d3, d4] = d;
  let p4 = out[0];
  let q4 = out[1];
  let p3 = out[2];
  let q3 = out[3];
  let p2 = out[4];
  let q2 = out[5];
  let p1 = out[6];
  let q1 = out[7];
  let a3 = data[2];
  let b3 = data[3];
  let a2 = data[4];
  let b2 = data[5];
  let a1 = data[6];
  let b1 = data[7];
  for (let at = 2 * MINIMUM_LENGTH; at < 2 * n; at += 2) {
    const a = data[at];
    const b = data[at + 1];
    const p = a * n0 + a1 * n1 + a2 * n2 + a3 * n3 - (p1 * d1 + p2 * d2 + p3 * d3 + p4 * d4);
    const q = b * n0 + b1 * n1 + b2 * n2 + b3 * n3 - (q1 * d1 + q2 * d2 + q3 * d3 + q4 * d4);
    out[at] = p;
    out[at + 1] = q;
    a3 = a2;
    a2 = a1;
    a1 = a;
    b3 = b2;
    b2 = b1;
    b1 = b;
    p4 = p3;
    p3 = p2;
    p2 = p1;
    p1 = p;
    q4 = q3;
    q3 = q2;
    q2 = q1;
    q1 = q;
  }
}

/** out[i] = sum m[k] in[i + 1 + k] - sum d[k] out[i + 1 + k]. */
function backward(
  data: Float64Array,
  n: number,
  { m, d, bm }: RecursiveCoefficients,
  out: Float64Array,
): void {
  const end = 2 * n - 1;
  for (let i = 0; i < 2 * MINIMUM_LENGTH; i++) {
    const edge = data[end - (i % 2)];
    const at = end - i;
    let sum = 0;
    let fed = 0;
    for (let k = 0; k < 4; k++) {
      const known = i >= 2 * (k + 1);
      sum += (known ? data[at + 2 * (k + 1)] : edge) * m[k];
      fed += known ? out[at + 2 * (k + 1)] * d[k] : edge * bm[k];
    }
    out[at] = sum - fed;
  }
  const [m1, m2, m3, m4] = m;
  const [d1, d2, d3, d4] = d;
  const start = 2 * n - 2 * MINIMUM_LENGTH;
  let p1 = out[start];
  let q1 = out[start + 1];
  let p2 = out[start + 2];
  let q2 = out[start + 3];
  let p3 = out[start + 4];
  let q3 = out[start + 5];
  let p4 = out[start + 6];
  let q4 = out[start + 7];
  let a1 = data[start];
  let b1 = data[start + 1];
  let a2 = data[start + 2];
  let b2 = data[start + 3];
  let a3 = data[start + 4];
  let b3 = data[start + 5];
  let a4 = data[start + 6];
  let b4 = data[start + 7];
  for (let at = start - 2; at >= 0; at -= 2) {
    const p = a1 * m1 + a2 * m2 + a3 * m3 + a4 * m4 - (p1 * d1 + p2 * d2 + p3 * d3 + p4 * d4);
    const q = b1 * m1 + b2 * m2 + b3 * m3 + b4 * m4 - (q1 * d1 + q2 * d2 + q3 * d3 + q4 * d4);
    out[at] = p;
    out[at + 1] = q;
    a4 = a3;
    a3 = a2;
    a2 = a1;
    a1 = data[at];
    b4 = b3;
    b3 = b2;
    b2 = b1;
    b1 = data[at + 1];
    p4 = p3;
    p3 = p2;
    p2 = p1;
    p1 = p;
    q4 = q3;
    q3 = q2;
    q2 = q1;
    q1 = q;
  }
}

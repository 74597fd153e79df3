/** Runs a recursive Gaussian along one axis, as ITK's RecursiveSeparableImageFilter. */
import type { BoundingBox } from '../volume/boundingBox';
import type { Samples, Vec3 } from '../volume/volume';
import type { RecursiveCoefficients } from './recursiveGaussian';

/** ITK refuses shorter lines. */
export const MINIMUM_LENGTH = 4;

/** Scratch: the anticausal sum at the end of two lines, the last sample first. */
const LAST_SAMPLES = new Float64Array(2 * MINIMUM_LENGTH);

/**
 * Filters the lines of an axis (0 x, 1 y, 2 z) and rounds to single precision; the sums run in
 * double precision. Two lines go side by side, so that neither waits for its own recursion.
 * @param lines the lines that are filtered, by where they meet the other axes; whole lines are read.
 * @param kept what is wanted of each line: the rest of it is not written.
 * @param output takes the result; may be the input itself.
 */
export function filterLines(
  input: Samples,
  size: Vec3,
  axis: 0 | 1 | 2,
  { lines, kept }: { readonly lines: BoundingBox; readonly kept: BoundingBox },
  { n, m, d, bn, bm }: RecursiveCoefficients,
  output: Float32Array,
): void {
  const strides = [1, size[0], size[0] * size[1]] as const;
  const [within, across] = ([0, 1, 2] as const).filter((other) => other !== axis);
  const stride = strides[axis];
  const [from, to] = [kept.first[axis], kept.last[axis]];
  // Two lines, sample by sample.
  const samples = new Float64Array(2 * size[axis]);
  const sums = new Float64Array(2 * size[axis]);
  for (let sheet = lines.first[across]; sheet <= lines.last[across]; sheet++) {
    for (let at = lines.first[within]; at <= lines.last[within]; at += 2) {
      const first = sheet * strides[across] + at * strides[within];
      // The last of an odd number of lines is filtered twice.
      const second = at < lines.last[within] ? first + strides[within] : first;
      gather(input, first, second, stride, samples);
      forward(samples, to, n, d, bn, sums);
      backward(samples, from, m, d, bm, sums);
      scatter(sums, from, to, first, second, stride, output);
    }
  }
}

function gather(
  input: Samples,
  first: number,
  second: number,
  stride: number,
  samples: Float64Array,
): void {
  for (let i = 0, p = first, q = second; i < samples.length; i += 2, p += stride, q += stride) {
    samples[i] = input[p];
    samples[i + 1] = input[q];
  }
}

function scatter(
  sums: Float64Array,
  from: number,
  to: number,
  first: number,
  second: number,
  stride: number,
  output: Float32Array,
): void {
  let p = first + from * stride;
  let q = second + from * stride;
  for (let i = 2 * from; i <= 2 * to; i += 2, p += stride, q += stride) {
    output[p] = sums[i];
    output[q] = sums[i + 1];
  }
}

/**
 * The causal sum up to sample `to`: out[i] = sum n[k] in[i - k] - sum d[k] out[i - 1 - k]. Before its first sample a line continues
 * with its value, and what it feeds back with the limit for that value.
 */
function forward(
  data: Float64Array,
  to: number,
  num: Float64Array,
  d: Float64Array,
  bn: Float64Array,
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
  const n0 = num[0];
  const n1 = num[1];
  const n2 = num[2];
  const n3 = num[3];
  const d1 = d[0];
  const d2 = d[1];
  const d3 = d[2];
  const d4 = d[3];
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
  for (let at = 2 * MINIMUM_LENGTH; at <= 2 * to; at += 2) {
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

/**
 * Adds the anticausal sum down to sample `from`: sum m[k] in[i + 1 + k] - sum d[k] out[i + 1 + k].
 * Where there is no causal sum, `sums` holds nothing of use.
 */
function backward(
  data: Float64Array,
  from: number,
  m: Float64Array,
  d: Float64Array,
  bm: Float64Array,
  sums: Float64Array,
): void {
  const end = data.length - 1;
  const out = LAST_SAMPLES;
  for (let i = 0; i < out.length; i++) {
    const edge = data[end - (i % 2)];
    const at = end - i;
    let sum = 0;
    let fed = 0;
    for (let k = 0; k < 4; k++) {
      const known = i >= 2 * (k + 1);
      sum += (known ? data[at + 2 * (k + 1)] : edge) * m[k];
      fed += known ? out[i - 2 * (k + 1)] * d[k] : edge * bm[k];
    }
    out[i] = sum - fed;
    sums[at] += out[i];
  }
  const m1 = m[0];
  const m2 = m[1];
  const m3 = m[2];
  const m4 = m[3];
  const d1 = d[0];
  const d2 = d[1];
  const d3 = d[2];
  const d4 = d[3];
  const start = data.length - 2 * MINIMUM_LENGTH;
  let q4 = out[0];
  let p4 = out[1];
  let q3 = out[2];
  let p3 = out[3];
  let q2 = out[4];
  let p2 = out[5];
  let q1 = out[6];
  let p1 = out[7];
  let a1 = data[start];
  let b1 = data[start + 1];
  let a2 = data[start + 2];
  let b2 = data[start + 3];
  let a3 = data[start + 4];
  let b3 = data[start + 5];
  let a4 = data[start + 6];
  let b4 = data[start + 7];
  for (let at = start - 2; at >= 2 * from; at -= 2) {
    const p = a1 * m1 + a2 * m2 + a3 * m3 + a4 * m4 - (p1 * d1 + p2 * d2 + p3 * d3 + p4 * d4);
    const q = b1 * m1 + b2 * m2 + b3 * m3 + b4 * m4 - (q1 * d1 + q2 * d2 + q3 * d3 + q4 * d4);
    sums[at] += p;
    sums[at + 1] += q;
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

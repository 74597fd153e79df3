/**
 * `scipy.stats.kurtosis` of the samples around each voxel with the arithmetic of numpy: pairwise
 * sums of eight lanes, rounded after each step when the samples are single precision. NaN where the
 * samples are as good as equal.
 */
import type { Real } from './tapSums';

export interface RowKurtosis {
  /**
   * @param samples row of voxels for each vertex: samples[v * stride + x]
   * @param out takes the kurtosis of voxels 0 .. length
   */
  (samples: Real, stride: number, length: number, out: Float64Array): void;
}

export function rowKurtosis(vertices: number, single: boolean): RowKurtosis {
  const kurtosis = single ? singleKurtosis(vertices) : doubleKurtosis(vertices);
  return (samples, stride, length, out) => {
    for (let x = 0; x < length; x++) out[x] = kurtosis(samples, stride, x);
  };
}

type Kurtosis = (samples: Real, stride: number, x: number) => number;

function doubleKurtosis(n: number): Kurtosis {
  const values = new Float64Array(n);
  return (samples, stride, x) => {
    for (let v = 0, at = x; v < n; v++, at += stride) values[v] = samples[at];
    const mean = sumDouble(values, 0, n) / n;
    for (let v = 0; v < n; v++) {
      const deviation = values[v] - mean;
      values[v] = deviation * deviation;
    }
    const m2 = sumDouble(values, 0, n) / n;
    for (let v = 0; v < n; v++) values[v] *= values[v];
    const m4 = sumDouble(values, 0, n) / n;
    const limit = 1e-15 * mean;
    return m2 <= limit * limit ? NaN : m4 / (m2 * m2) - 3;
  };
}

function singleKurtosis(n: number): Kurtosis {
  const r = Math.fround;
  const values = new Float32Array(n);
  return (samples, stride, x) => {
    for (let v = 0, at = x; v < n; v++, at += stride) values[v] = samples[at];
    const mean = r(sumSingle(values, 0, n) / n);
    for (let v = 0; v < n; v++) {
      const deviation = r(values[v] - mean);
      values[v] = r(deviation * deviation);
    }
    const m2 = r(sumSingle(values, 0, n) / n);
    for (let v = 0; v < n; v++) values[v] = r(values[v] * values[v]);
    const m4 = r(sumSingle(values, 0, n) / n);
    const limit = r(r(1e-6) * mean);
    return m2 <= r(limit * limit) ? NaN : r(r(m4 / r(m2 * m2)) - 3);
  };
}

/** numpy's pairwise sum of values[start .. start + n]. */
function sumDouble(values: Float64Array, start: number, n: number): number {
  if (n > 128) {
    const left = leftPart(n);
    return sumDouble(values, start, left) + sumDouble(values, start + left, n - left);
  }
  const lanes = n - (n % 8);
  let sum = 0;
  if (lanes > 0) {
    let a = values[start];
    let b = values[start + 1];
    let c = values[start + 2];
    let d = values[start + 3];
    let e = values[start + 4];
    let f = values[start + 5];
    let g = values[start + 6];
    let h = values[start + 7];
    for (let i = start + 8; i < start + lanes; i += 8) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
      e += values[i + 4];
      f += values[i + 5];
      g += values[i + 6];
      h += values[i + 7];
    }
    sum = a + b + (c + d) + (e + f + (g + h));
  }
  for (let i = start + lanes; i < start + n; i++) sum += values[i];
  return sum;
}

/** The same, rounded after each addition. */
function sumSingle(values: Float32Array, start: number, n: number): number {
  const r = Math.fround;
  if (n > 128) {
    const left = leftPart(n);
    return r(sumSingle(values, start, left) + sumSingle(values, start + left, n - left));
  }
  const lanes = n - (n % 8);
  let sum = r(0);
  if (lanes > 0) {
    let a = r(values[start]);
    let b = r(values[start + 1]);
    let c = r(values[start + 2]);
    let d = r(values[start + 3]);
    let e = r(values[start + 4]);
    let f = r(values[start + 5]);
    let g = r(values[start + 6]);
    let h = r(values[start + 7]);
    for (let i = start + 8; i < start + lanes; i += 8) {
      a = r(a + values[i]);
      b = r(b + values[i + 1]);
      c = r(c + values[i + 2]);
      d = r(d + values[i + 3]);
      e = r(e + values[i + 4]);
      f = r(f + values[i + 5]);
      g = r(g + values[i + 6]);
      h = r(h + values[i + 7]);
    }
    sum = r(r(r(a + b) + r(c + d)) + r(r(e + f) + r(g + h)));
  }
  for (let i = start + lanes; i < start + n; i++) sum = r(sum + values[i]);
  return sum;
}

/** Where numpy splits a sum of more than 128 values. */
function leftPart(n: number): number {
  const half = Math.floor(n / 2);
  return half - (half % 8);
}

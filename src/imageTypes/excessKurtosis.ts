/**
 * `scipy.stats.kurtosis` of the samples around each voxel with the arithmetic of numpy: pairwise
 * sums of eight lanes, rounded after each step when the samples are single precision. NaN where the
 * samples are as good as equal.
 */
import { pairwiseSum, pairwiseSumSingle } from '../numerics/pairwiseSum';
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
    const mean = pairwiseSum(values) / n;
    for (let v = 0; v < n; v++) {
      const deviation = values[v] - mean;
      values[v] = deviation * deviation;
    }
    const m2 = pairwiseSum(values) / n;
    for (let v = 0; v < n; v++) values[v] *= values[v];
    const m4 = pairwiseSum(values) / n;
    const limit = 1e-15 * mean;
    return m2 <= limit * limit ? NaN : m4 / (m2 * m2) - 3;
  };
}

function singleKurtosis(n: number): Kurtosis {
  const r = Math.fround;
  const values = new Float32Array(n);
  return (samples, stride, x) => {
    for (let v = 0, at = x; v < n; v++, at += stride) values[v] = samples[at];
    const mean = r(pairwiseSumSingle(values) / n);
    for (let v = 0; v < n; v++) {
      const deviation = r(values[v] - mean);
      values[v] = r(deviation * deviation);
    }
    const m2 = r(pairwiseSumSingle(values) / n);
    for (let v = 0; v < n; v++) values[v] = r(values[v] * values[v]);
    const m4 = r(pairwiseSumSingle(values) / n);
    const limit = r(r(1e-6) * mean);
    return m2 <= r(limit * limit) ? NaN : r(r(m4 / r(m2 * m2)) - 3);
  };
}

/**
 * `scipy.stats.kurtosis` of a few samples with the arithmetic of numpy: pairwise sums of eight
 * lanes, in single precision when the samples are. NaN when the samples are as good as equal.
 */

/** numpy's pairwise sum of values[start .. start + n]. */
function pairwiseSum(values: Float64Array, start: number, n: number): number {
  if (n < 8) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[start + i];
    return sum;
  }
  if (n > 128) {
    const half = Math.floor(n / 2);
    const left = half - (half % 8);
    return pairwiseSum(values, start, left) + pairwiseSum(values, start + left, n - left);
  }
  const lanes = n - (n % 8);
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
  let sum = a + b + (c + d) + (e + f + (g + h));
  for (let i = start + lanes; i < start + n; i++) sum += values[i];
  return sum;
}

/** The same with a rounding after each addition. */
function pairwiseSumSingle(values: Float32Array, start: number, n: number): number {
  const r = Math.fround;
  if (n < 8) {
    let sum = r(0);
    for (let i = 0; i < n; i++) sum = r(sum + values[start + i]);
    return sum;
  }
  if (n > 128) {
    const half = Math.floor(n / 2);
    const left = half - (half % 8);
    return r(
      pairwiseSumSingle(values, start, left) + pairwiseSumSingle(values, start + left, n - left),
    );
  }
  const lanes = n - (n % 8);
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
  let sum = r(r(r(a + b) + r(c + d)) + r(r(e + f) + r(g + h)));
  for (let i = start + lanes; i < start + n; i++) sum = r(sum + values[i]);
  return sum;
}

/** Samples that are doubles, or integers. `scratch` has room for n. */
export function excessKurtosis(samples: Float64Array, scratch: Float64Array): number {
  const n = samples.length;
  const mean = pairwiseSum(samples, 0, n) / n;
  for (let i = 0; i < n; i++) scratch[i] = (samples[i] - mean) * (samples[i] - mean);
  const m2 = pairwiseSum(scratch, 0, n) / n;
  for (let i = 0; i < n; i++) scratch[i] *= scratch[i];
  const m4 = pairwiseSum(scratch, 0, n) / n;
  const limit = 1e-15 * mean;
  return m2 <= limit * limit ? NaN : m4 / (m2 * m2) - 3;
}

export function excessKurtosisSingle(samples: Float32Array, scratch: Float32Array): number {
  const r = Math.fround;
  const n = samples.length;
  const mean = r(pairwiseSumSingle(samples, 0, n) / n);
  for (let i = 0; i < n; i++) {
    const d = r(samples[i] - mean);
    scratch[i] = d * d;
  }
  const m2 = r(pairwiseSumSingle(scratch, 0, n) / n);
  for (let i = 0; i < n; i++) scratch[i] = scratch[i] * scratch[i];
  const m4 = r(pairwiseSumSingle(scratch, 0, n) / n);
  const limit = r(r(1e-6) * mean);
  return m2 <= r(limit * limit) ? NaN : r(r(m4 / r(m2 * m2)) - 3);
}

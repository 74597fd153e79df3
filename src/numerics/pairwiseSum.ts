/**
 * Sums with the roundings of numpy (numpy/core/src/umath/loops_utils.h.src, pairwise_sum): eight lanes
 * within blocks of 128 values, blocks added pairwise.
 */

const BLOCK = 128;

/**
 * numpy's pairwise sum to the last bit: whether the mean of equal values is that value decides
 * whether an image that is flat but for rounding counts as flat.
 */
export function pairwiseSum(values: Float64Array, start = 0, n = values.length): number {
  if (n > BLOCK) {
    const first = leftPart(n);
    return pairwiseSum(values, start, first) + pairwiseSum(values, start + first, n - first);
  }
  const whole = start + n - (n % 8);
  let total = 0;
  if (n >= 8) {
    let r0 = 0;
    let r1 = 0;
    let r2 = 0;
    let r3 = 0;
    let r4 = 0;
    let r5 = 0;
    let r6 = 0;
    let r7 = 0;
    for (let i = start; i < whole; i += 8) {
      r0 += values[i];
      r1 += values[i + 1];
      r2 += values[i + 2];
      r3 += values[i + 3];
      r4 += values[i + 4];
      r5 += values[i + 5];
      r6 += values[i + 6];
      r7 += values[i + 7];
    }
    total = r0 + r1 + (r2 + r3) + (r4 + r5 + (r6 + r7));
  }
  for (let i = whole; i < start + n; i++) total += values[i];
  return total;
}

/** The same in single precision: rounded after each addition. */
export function pairwiseSumSingle(values: Float32Array, start = 0, n = values.length): number {
  const r = Math.fround;
  if (n > BLOCK) {
    const left = leftPart(n);
    return r(
      pairwiseSumSingle(values, start, left) + pairwiseSumSingle(values, start + left, n - left),
    );
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

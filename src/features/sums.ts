/** Sums whose rounding error stays near that of numpy's pairwise sums. */

/** numpy.spacing(1): what PyRadiomics adds before a logarithm or a division. */
export const EPSILON = 2 ** -52;

const BLOCK = 512;
const PAIRWISE_BLOCK = 128;

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let start = 0; start < values.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, values.length);
    let part = 0;
    for (let i = start; i < end; i++) part += values[i];
    total += part;
  }
  return total;
}

/**
 * numpy's pairwise sum to the last bit: whether the mean of equal values is that value decides
 * whether an image that is flat but for rounding counts as flat.
 */
export function pairwiseSum(values: Float64Array, start = 0, n = values.length): number {
  if (n > PAIRWISE_BLOCK) {
    const half = Math.floor(n / 2);
    const first = half - (half % 8);
    return pairwiseSum(values, start, first) + pairwiseSum(values, start + first, n - first);
  }
  const whole = start + n - (n % 8);
  let total = 0;
  if (n >= 8) {
    let [r0, r1, r2, r3, r4, r5, r6, r7] = [0, 0, 0, 0, 0, 0, 0, 0];
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

/** -p log2(p + eps), the term of an entropy; 0 for p = 0. */
export function entropyTerm(p: number): number {
  return -p * Math.log2(p + EPSILON);
}

/** Mean of the numbers that are not NaN; NaN when there are none (numpy.nanmean). */
export class NanMean {
  private total = 0;
  private count = 0;

  add(value: number): void {
    if (Number.isNaN(value)) return;
    this.total += value;
    this.count++;
  }

  get value(): number {
    return this.count === 0 ? NaN : this.total / this.count;
  }
}

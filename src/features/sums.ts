/** Sums whose rounding error stays near that of numpy's pairwise sums. */

/** numpy.spacing(1): what PyRadiomics adds before a logarithm or a division. */
export const EPSILON = 2 ** -52;

const BLOCK = 512;

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

import { entropyTerm, sum } from '../sums';
import type { PairCounts } from './pairs';

/** A co-occurrence matrix as probabilities, and the distributions its features are made of. */
export interface PairProbabilities {
  /** Ranks of the levels of each cell that is not 0, and its probability. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  /** Grey level of each rank. */
  readonly levels: Float64Array;
  /** Marginal probabilities of the first and the second level, by rank. */
  readonly px: Float64Array;
  readonly py: Float64Array;
  /** Mean first and second level. */
  readonly meanX: number;
  readonly meanY: number;
  /** Probability of i + j = k, and of |i - j| = k, at index k. */
  readonly sums: Float64Array;
  readonly differences: Float64Array;
}

export function pairProbabilities(pairs: PairCounts, levels: Float64Array): PairProbabilities {
  const { rows, columns, counts } = pairs;
  const total = sum(counts);
  const highest = levels[levels.length - 1];
  const values = new Float64Array(counts.length);
  const px = new Float64Array(levels.length);
  const py = new Float64Array(levels.length);
  const sums = new Float64Array(2 * highest + 1);
  const differences = new Float64Array(highest);
  let [meanX, meanY] = [0, 0];
  for (let c = 0; c < counts.length; c++) {
    const p = counts[c] / total;
    const i = levels[rows[c]];
    const j = levels[columns[c]];
    values[c] = p;
    px[rows[c]] += p;
    py[columns[c]] += p;
    sums[i + j] += p;
    differences[Math.abs(i - j)] += p;
    meanX += i * p;
    meanY += j * p;
  }
  return { rows, columns, values, levels, px, py, meanX, meanY, sums, differences };
}

export function entropy(probabilities: Float64Array): number {
  let total = 0;
  for (let i = 0; i < probabilities.length; i++) {
    if (probabilities[i] > 0) total += entropyTerm(probabilities[i]);
  }
  return total;
}

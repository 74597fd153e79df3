/**
 * Cut-point of a score that separates the outcome most, with a p-value that allows for the search.
 * Two criteria that need not agree: the log-rank chi-squared of survdiff, as X-tile scans it, and
 * the standardised log-rank statistic of maxstat (Lausen and Schumacher 1992), whose p is
 * approximated after Lausen, Sauerbrei and Schumacher 1994.
 */
import { quantile } from './calibration';
import { timeGroups, timeOrder, type SurvivalData } from './data';
import { normalTwoSidedP } from './distributions';
import { logRank } from './logRank';

export interface CutCandidate {
  readonly cut: number;
  readonly high: number;
  readonly chiSquared: number;
}

export interface CutPoint {
  /** Above: high risk. */
  readonly cut: number;
  readonly statistic: number;
}

export interface MaximallySelected extends CutPoint {
  /** Corrected for the search; at most 1. */
  readonly p: number;
}

/** Log-rank chi-squared at every cut between the two quantiles of the score. */
export function scanCutPoints(
  data: SurvivalData,
  score: readonly number[],
  range: readonly [number, number] = [0.1, 0.9],
): CutCandidate[] {
  const sorted = [...score].sort((a, b) => a - b);
  const low = quantile(sorted, range[0]);
  const high = quantile(sorted, range[1]);
  return [...new Set(sorted)]
    .filter((cut) => cut >= low && cut <= high)
    .map((cut) => {
      const group = score.map((value) => (value > cut ? 1 : 0));
      const above = group.reduce<number>((sum, value) => sum + value, 0);
      return { cut, high: above, chiSquared: logRank(data, group).chiSquared };
    });
}

/** The first cut with the largest log-rank chi-squared. */
export function bestLogRankCut(candidates: readonly CutCandidate[]): CutPoint {
  return candidates.reduce<CutPoint>(
    (best, { cut, chiSquared }) =>
      chiSquared > best.statistic ? { cut, statistic: chiSquared } : best,
    { cut: NaN, statistic: -Infinity },
  );
}

/** maxstat.test(smethod = "LogRank", pmethod = "Lau94"). */
export function maximallySelectedCut(
  data: SurvivalData,
  score: readonly number[],
  range: readonly [number, number] = [0.1, 0.9],
): MaximallySelected {
  const rows = score.length;
  const order = Array.from(score.keys()).sort((a, b) => score[a] - score[b]);
  const scores = logRankScores(data);
  const mean = scores.reduce((sum, value) => sum + value, 0) / rows;
  const squares = scores.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sizes: number[] = [];
  let best: CutPoint = { cut: NaN, statistic: -Infinity };
  let sum = 0;
  for (let k = 0; k + 1 < rows; k++) {
    sum += scores[order[k]];
    const size = k + 1;
    const tied = score[order[k]] === score[order[k + 1]];
    if (tied || size < Math.floor(rows * range[0]) || size > Math.floor(rows * range[1])) continue;
    sizes.push(size);
    const variance = ((size * (rows - size)) / (rows * (rows - 1))) * squares;
    const statistic = Math.abs(sum - size * mean) / Math.sqrt(variance);
    if (statistic > best.statistic) best = { cut: score[order[k]], statistic };
  }
  return { ...best, p: lausen1994(best.statistic, sizes, rows) };
}

/** Log-rank scores of the rows: event minus cumulative hazard (Hothorn and Lausen 2003). */
function logRankScores(data: SurvivalData): number[] {
  const order = timeOrder(data);
  const scores = new Array<number>(order.length).fill(0);
  let hazard = 0;
  for (const [start, end] of timeGroups(data, order)) {
    let deaths = 0;
    for (let k = start; k < end; k++) deaths += data.event[order[k]];
    // Tied rows take the largest rank, as maxstat ranks them.
    hazard += deaths / (order.length - end + 1);
    for (let k = start; k < end; k++) scores[order[k]] = data.event[order[k]] - hazard;
  }
  return scores;
}

/** Upper bound of the p-value from the correlation of neighbouring cuts. */
function lausen1994(statistic: number, sizes: readonly number[], rows: number): number {
  let sum = normalTwoSidedP(statistic);
  for (let k = 0; k + 1 < sizes.length; k++) {
    const t = Math.sqrt(
      1 - (sizes[k] * (rows - sizes[k + 1])) / ((rows - sizes[k]) * sizes[k + 1]),
    );
    const density = Math.exp((-statistic * statistic) / 2) / Math.PI;
    sum += density * (t - ((statistic * statistic) / 4 - 1) * (t ** 3 / 6));
  }
  return Math.min(1, sum);
}

/**
 * Cumulative/dynamic ROC curve at a horizon with censoring weights (Uno 2007; Blanche 2013). Its
 * area is the AUC of `timeDependentAuc`.
 */
import type { SurvivalData } from './data';
import { horizonWeights } from './inverseWeights';

export interface RocPoint {
  readonly falsePositive: number;
  readonly truePositive: number;
}

/** From (0, 0) to (1, 1), one point for each distinct score; null without cases or controls. */
export function timeDependentRoc(
  data: SurvivalData,
  score: readonly number[],
  horizon: number,
): RocPoint[] | null {
  const { isCase, isControl, weight } = horizonWeights(data, horizon);
  const order = [...score.keys()].sort((a, b) => score[b] - score[a]);
  const totals = { cases: 0, controls: 0 };
  for (const row of order) {
    if (isCase[row]) totals.cases += weight[row];
    else if (isControl[row]) totals.controls += weight[row];
  }
  if (!(totals.cases > 0) || !(totals.controls > 0)) return null;
  const points: RocPoint[] = [{ falsePositive: 0, truePositive: 0 }];
  let cases = 0;
  let controls = 0;
  order.forEach((row, k) => {
    if (isCase[row]) cases += weight[row];
    else if (isControl[row]) controls += weight[row];
    const tied = k + 1 < order.length && score[order[k + 1]] === score[row];
    if (tied) return;
    points.push({ falsePositive: controls / totals.controls, truePositive: cases / totals.cases });
  });
  return points;
}

export function rocArea(points: readonly RocPoint[]): number {
  let area = 0;
  for (let k = 1; k < points.length; k++) {
    const width = points[k].falsePositive - points[k - 1].falsePositive;
    area += (width * (points[k].truePositive + points[k - 1].truePositive)) / 2;
  }
  return area;
}

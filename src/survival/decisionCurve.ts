/** Decision curve of a predicted risk with censored outcomes (Vickers and Elkin 2006; Vickers 2008). */
import type { SurvivalData } from './data';
import { kaplanMeier, survivalAt } from './kaplanMeier';

export interface NetBenefit {
  readonly threshold: number;
  readonly model: number;
  /** Everybody is treated as high risk. */
  readonly all: number;
  readonly none: 0;
}

/** @param risk predicted probability of the event by the horizon, for each row */
export function decisionCurve(
  data: SurvivalData,
  risk: readonly number[],
  horizon: number,
  thresholds: readonly number[],
): NetBenefit[] {
  const everybody = data.time.map(() => 1);
  return thresholds.map((threshold) => ({
    threshold,
    model: netBenefit(data, risk, horizon, threshold),
    all: netBenefit(data, everybody, horizon, threshold),
    none: 0,
  }));
}

function netBenefit(
  data: SurvivalData,
  risk: readonly number[],
  horizon: number,
  threshold: number,
): number {
  const rows = risk.flatMap((value, row) => (value >= threshold ? [row] : []));
  if (rows.length === 0) return 0;
  const curve = kaplanMeier({
    time: rows.map((row) => data.time[row]),
    event: rows.map((row) => data.event[row]),
  });
  const survival = survivalAt(curve, horizon);
  const share = rows.length / risk.length;
  return (1 - survival) * share - (survival * share * threshold) / (1 - threshold);
}

/** Predicted against observed risk in groups of equal size. */
import type { SurvivalData } from './data';
import { kaplanMeier, survivalInterval } from './kaplanMeier';

export interface CalibrationGroup {
  readonly rows: number;
  readonly events: number;
  readonly meanPredicted: number;
  /** 1 - Kaplan-Meier at the horizon. */
  readonly observed: number;
  /** 95 %, on the log scale; null where no event has happened: the interval is then degenerate. */
  readonly interval: readonly [number, number] | null;
}

/**
 * @param risk predicted probability of the event by the horizon, for each row
 * @param groups how many, cut at the quantiles of the predicted risk (R quantile type 7)
 */
export function calibration(
  data: SurvivalData,
  risk: readonly number[],
  horizon: number,
  groups: number,
): CalibrationGroup[] {
  const sorted = [...risk].sort((a, b) => a - b);
  const cuts = Array.from({ length: groups - 1 }, (_, k) => quantile(sorted, (k + 1) / groups));
  const groupOf = risk.map((value) => cuts.filter((cut) => value > cut).length);
  return Array.from({ length: groups }, (_, g) => {
    const rows = groupOf.flatMap((value, row) => (value === g ? [row] : []));
    const curve = kaplanMeier({
      time: rows.map((row) => data.time[row]),
      event: rows.map((row) => data.event[row]),
    });
    const step = curve.time.findLastIndex((time) => time <= horizon);
    const events = curve.events.slice(0, step + 1).reduce((sum, count) => sum + count, 0);
    const limits = events === 0 ? null : survivalInterval(curve, step, 'log');
    return {
      rows: rows.length,
      events,
      meanPredicted: rows.reduce((sum, row) => sum + risk[row], 0) / rows.length,
      observed: step < 0 ? 0 : 1 - curve.survival[step],
      interval: limits && [1 - limits[1], 1 - limits[0]],
    };
  });
}

/** R's default quantile (type 7) of ascending values. */
export function quantile(sorted: readonly number[], probability: number): number {
  const position = (sorted.length - 1) * probability;
  const low = Math.floor(position);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
}

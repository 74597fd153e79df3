/** Kaplan-Meier curves of the two risk groups, with what stands under them. */
import type { SurvivalData } from '../survival/data';
import { kaplanMeier, medianTime, survivalInterval } from '../survival/kaplanMeier';
import { logRank } from '../survival/logRank';

export interface GroupCurve {
  readonly name: string;
  readonly patients: number;
  readonly events: number;
  /** First time at which survival is 0.5 or less. */
  readonly median: number | null;
  readonly steps: readonly {
    readonly time: number;
    readonly survival: number;
    readonly low: number;
    readonly high: number;
    readonly censored: number;
  }[];
  /** At each of `RiskGroups.times`. */
  readonly atRisk: readonly number[];
}

export interface RiskGroups {
  readonly cut: number;
  readonly scale: string;
  readonly origin: string;
  readonly times: readonly number[];
  readonly groups: readonly GroupCurve[];
  /** null when all patients are in one group. */
  readonly logRank: { readonly chiSquared: number; readonly p: number } | null;
}

/** @param values on the cut-off's scale; above it: high risk */
export function riskGroups(
  data: SurvivalData,
  values: readonly number[],
  cutoff: { readonly cut: number; readonly scale: string; readonly origin: string },
): RiskGroups {
  const isHigh = values.map((value) => value > cutoff.cut);
  const times = timeMarks(Math.max(...data.time));
  const groups = [
    { name: 'low risk', rows: rowsWhere(isHigh, false) },
    { name: 'high risk', rows: rowsWhere(isHigh, true) },
  ].filter(({ rows }) => rows.length > 0);
  return {
    ...cutoff,
    times,
    groups: groups.map(({ name, rows }) => groupCurve(data, name, rows, times)),
    logRank:
      groups.length < 2
        ? null
        : logRank(
            data,
            isHigh.map((high) => (high ? 1 : 0)),
          ),
  };
}

function groupCurve(
  data: SurvivalData,
  name: string,
  rows: readonly number[],
  times: readonly number[],
): GroupCurve {
  const own = {
    time: rows.map((row) => data.time[row]),
    event: rows.map((row) => data.event[row]),
  };
  const curve = kaplanMeier(own);
  return {
    name,
    patients: rows.length,
    events: own.event.filter((value) => value === 1).length,
    median: medianTime(curve),
    steps: curve.time.map((time, k) => {
      const survival = curve.survival[k];
      // At zero the log-log limits do not exist.
      const [low, high] = survival > 0 ? survivalInterval(curve, k, 'log-log') : [0, 0];
      return { time, survival, low, high, censored: curve.censored[k] };
    }),
    atRisk: times.map((time) => own.time.filter((other) => other >= time).length),
  };
}

/** Six months or a year apart, never more than ten. */
function timeMarks(last: number): number[] {
  const step = [1, 3, 6, 12, 24, 60].find((months) => last / months <= 9) ?? 120;
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, k) => k * step);
}

function rowsWhere(flags: readonly boolean[], wanted: boolean): number[] {
  return flags.flatMap((flag, row) => (flag === wanted ? [row] : []));
}

/** Two groups of patients, above a cut of a score and not above it. */
import { isInputError } from '../chain/errors';
import { fitCox } from './cox';
import type { SurvivalData } from './data';
import { normalTwoSidedP, Z_975 } from './distributions';
import { kaplanMeier, medianTime, survivalInterval } from './kaplanMeier';
import { logRank } from './logRank';

export interface GroupSurvival {
  readonly horizon: number;
  /** null beyond the group's follow-up, when not everybody had the event by its end. */
  readonly survival: number | null;
  /** Of the Kaplan-Meier estimate: Greenwood's standard error and 95 % limits on two scales (R's `conf.type`). */
  readonly standardError: number | null;
  readonly intervalLog: readonly [number, number] | null;
  readonly intervalLogLog: readonly [number, number] | null;
  /** Still followed at the horizon. */
  readonly atRisk: number;
}

export interface GroupEvaluation {
  readonly cut: number;
  readonly groups: readonly {
    readonly group: 'low' | 'high';
    readonly rows: number;
    readonly events: number;
    readonly expectedEvents: number;
    readonly median: number | null;
    readonly survival: readonly GroupSurvival[];
  }[];
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  /** High against low, Cox (Efron); null where it has no finite estimate. */
  readonly hazardRatio: {
    readonly value: number;
    readonly interval: readonly [number, number];
    readonly p: number;
  } | null;
}

/** @throws InputError TABLE_INVALID when all rows are in one group */
export function evaluateGroups(
  data: SurvivalData,
  score: readonly number[],
  cut: number,
  horizons: readonly number[],
): GroupEvaluation {
  const group = score.map((value) => (value > cut ? 1 : 0));
  const test = logRank(data, group);
  return {
    cut,
    groups: (['low', 'high'] as const).map((name, g) => {
      const rows = group.flatMap((value, row) => (value === g ? [row] : []));
      const own = {
        time: rows.map((row) => data.time[row]),
        event: rows.map((row) => data.event[row]),
      };
      return {
        group: name,
        rows: rows.length,
        events: test.observed[g],
        expectedEvents: test.expected[g],
        median: medianTime(kaplanMeier(own)),
        survival: horizons.map((horizon) => survivalOf(own, horizon)),
      };
    }),
    chiSquared: test.chiSquared,
    degreesOfFreedom: test.degreesOfFreedom,
    p: test.p,
    hazardRatio: hazardRatio(data, group),
  };
}

function survivalOf(data: SurvivalData, horizon: number): GroupSurvival {
  const curve = kaplanMeier(data);
  const step = curve.time.findLastIndex((time) => time <= horizon);
  const survival = step < 0 ? 1 : curve.survival[step];
  const atRisk = data.time.filter((time) => time >= horizon).length;
  if (atRisk === 0 && survival > 0) {
    const nothing = {
      survival: null,
      standardError: null,
      intervalLog: null,
      intervalLogLog: null,
    };
    return { horizon, ...nothing, atRisk };
  }
  // At 0 the variance of log S is infinite, at 1 it is 0: neither gives an interval.
  const open = survival === 0 || survival === 1;
  return {
    horizon,
    survival,
    standardError: open ? 0 : survival * curve.standardErrorLog[step],
    intervalLog: open ? null : survivalInterval(curve, step, 'log'),
    intervalLogLog: open ? null : survivalInterval(curve, step, 'log-log'),
    atRisk,
  };
}

function hazardRatio(data: SurvivalData, group: readonly number[]): GroupEvaluation['hazardRatio'] {
  try {
    const fit = fitCox(data, [group], ['group'], 'efron');
    const [coefficient] = fit.coefficients;
    const [error] = fit.standardErrors;
    const limits = [-1, 1].map((side) => Math.exp(coefficient + side * Z_975 * error));
    return {
      value: Math.exp(coefficient),
      interval: [limits[0], limits[1]],
      p: normalTwoSidedP(coefficient / error),
    };
  } catch (error) {
    if (!isInputError(error)) throw error;
    return null;
  }
}

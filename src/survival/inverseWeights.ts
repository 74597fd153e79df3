/**
 * Inverse probability of censoring weights with the marginal Kaplan-Meier, and what their
 * estimation adds to an influence function (Blanche, Dartigues and Jacqmin-Gadda 2013; as
 * riskRegression::Score with `cens.model = "km"`).
 */
import type { SurvivalData } from './data';
import { censoringCurve, survivalAt, survivalBefore } from './kaplanMeier';

/** At horizon t: rows with the event by t (cases) and rows followed beyond t (controls). */
export interface HorizonWeights {
  readonly horizon: number;
  readonly isCase: readonly boolean[];
  readonly isControl: readonly boolean[];
  /** 1 / G(T-) for cases, 1 / G(t) for controls, 0 for those censored before t. */
  readonly weight: readonly number[];
}

export function horizonWeights(
  data: SurvivalData,
  horizon: number,
  censoringData: SurvivalData = data,
): HorizonWeights {
  const censoring = censoringCurve(censoringData);
  const atHorizon = 1 / survivalAt(censoring, horizon);
  const isCase = data.time.map((time, row) => time <= horizon && data.event[row] === 1);
  const isControl = data.time.map((time) => time > horizon);
  const weight = data.time.map((time, row) =>
    isCase[row] ? 1 / survivalBefore(censoring, time) : isControl[row] ? atHorizon : 0,
  );
  return { horizon, isCase, isControl, weight };
}

/**
 * Adds to an influence function the part that comes from estimating G.
 * @param influence of each row with the weights taken as known
 * @param weighted each row's own weighted term of the statistic, on the same scale as `influence`
 */
export function withEstimatedWeights(
  data: SurvivalData,
  weights: HorizonWeights,
  influence: readonly number[],
  weighted: readonly number[],
): number[] {
  const martingale = censoringMartingale(data);
  const rows = data.time.length;
  return influence.map((own, k) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      if (weighted[i] === 0) continue;
      sum += weights.isCase[i]
        ? weighted[i] * martingale(k, data.time[i], false)
        : weighted[i] * martingale(k, weights.horizon, true);
    }
    return own + sum / rows;
  });
}

/** Standard error of a mean whose influence values are given. */
export function influenceStandardError(influence: readonly number[]): number {
  const rows = influence.length;
  const mean = influence.reduce((sum, value) => sum + value, 0) / rows;
  const squares = influence.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (rows - 1) / rows);
}

/** (k, s) -> integral from 0 to s (inclusive or not) of dM_k(u) / (Y(u) / n), M_k the censoring martingale. */
function censoringMartingale(
  data: SurvivalData,
): (row: number, until: number, inclusive: boolean) => number {
  const rows = data.time.length;
  const times = [...new Set(data.time)].sort((a, b) => a - b);
  const compensator: number[] = [];
  const atRiskAt = new Map<number, number>();
  let cumulative = 0;
  for (const time of times) {
    const atRisk = data.time.filter((other) => other >= time).length;
    const censored = data.time.filter((other, i) => other === time && data.event[i] === 0).length;
    cumulative += censored / (atRisk * atRisk);
    compensator.push(cumulative);
    atRiskAt.set(time, atRisk);
  }
  const compensatorAt = (time: number, inclusive: boolean): number => {
    let last = 0;
    for (let i = 0; i < times.length; i++) {
      if (times[i] > time || (times[i] === time && !inclusive)) break;
      last = compensator[i];
    }
    return last;
  };
  return (row, until, inclusive) => {
    const own = data.time[row];
    const seen = own < until || (inclusive && own === until);
    const jump = seen && data.event[row] === 0 ? 1 / (atRiskAt.get(own) ?? rows) : 0;
    const drift = seen ? compensatorAt(own, true) : compensatorAt(until, inclusive);
    return rows * (jump - drift);
  };
}

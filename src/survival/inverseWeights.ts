/**
 * Inverse probability of censoring weights with the marginal Kaplan-Meier, and what their
 * estimation adds to an influence function (Blanche, Dartigues and Jacqmin-Gadda 2013; as
 * riskRegression::Score with `cens.model = "km"`).
 */
import { timeGroups, timeOrder, type SurvivalData } from './data';
import { censoringCurve, survivalAt, survivalBefore, type KaplanMeier } from './kaplanMeier';

/** At horizon t: rows with the event by t (cases) and rows followed beyond t (controls). */
export interface HorizonWeights {
  readonly horizon: number;
  readonly isCase: readonly boolean[];
  readonly isControl: readonly boolean[];
  /** 1 / G(T-) for cases, 1 / G(t) for controls, 0 for those censored before t. */
  readonly weight: readonly number[];
}

export function horizonWeights(data: SurvivalData, horizon: number): HorizonWeights {
  return weightsFrom(data, horizon, censoringCurve(data));
}

/** @param censoring `censoringCurve` of the data, for callers with many horizons */
export function weightsFrom(
  data: SurvivalData,
  horizon: number,
  censoring: KaplanMeier,
): HorizonWeights {
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
  const steps = censoringHazard(data);
  const stepOf = new Map(steps.map(({ time }, s) => [time, s]));
  const atHorizon = steps.findLast(({ time }) => time <= weights.horizon)?.compensator ?? 0;
  // Sums over the cases up to each time, which is all that a row's martingale needs of the others.
  const terms = new Float64Array(steps.length);
  let controls = 0;
  weighted.forEach((value, i) => {
    if (weights.isCase[i]) terms[stepOf.get(data.time[i]) ?? 0] += value;
    else controls += value;
  });
  const upTo = new Float64Array(steps.length);
  const driftUpTo = new Float64Array(steps.length);
  let sum = 0;
  let drift = 0;
  for (let s = 0; s < steps.length; s++) {
    // G stands just before the time of a case.
    sum += terms[s];
    drift += terms[s] * (s === 0 ? 0 : steps[s - 1].compensator);
    upTo[s] = sum;
    driftUpTo[s] = drift;
  }
  return influence.map((own, k) => {
    const s = stepOf.get(data.time[k]) ?? 0;
    const { compensator, atRisk } = steps[s];
    const jump = data.event[k] === 0 ? 1 / atRisk : 0;
    const later = sum - upTo[s];
    const ofCases = later * (jump - compensator) - driftUpTo[s];
    const ofControls =
      controls * (data.time[k] <= weights.horizon ? jump - compensator : -atHorizon);
    return own + ofCases + ofControls;
  });
}

/** Standard error of a mean whose influence values are given. */
export function influenceStandardError(influence: readonly number[]): number {
  const rows = influence.length;
  const mean = influence.reduce((sum, value) => sum + value, 0) / rows;
  const squares = influence.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (rows - 1) / rows);
}

interface CensoringStep {
  readonly time: number;
  readonly atRisk: number;
  /** Integral of the censoring hazard over 1 / Y, up to and with this time. */
  readonly compensator: number;
}

/**
 * What the censoring martingale M_k of each row is made of: the integral of dM_k(u) / (Y(u) / n) up
 * to a time is n (1 / Y at the row's own censoring, if it has been, less the compensator up to then).
 */
function censoringHazard(data: SurvivalData): CensoringStep[] {
  const order = timeOrder(data);
  let compensator = 0;
  return timeGroups(data, order).map(([start, end]) => {
    const atRisk = order.length - start;
    let censored = 0;
    for (let k = start; k < end; k++) censored += 1 - data.event[order[k]];
    compensator += censored / (atRisk * atRisk);
    return { time: data.time[order[start]], atRisk, compensator };
  });
}

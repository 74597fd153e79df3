import { timeGroups, timeOrder, type SurvivalData } from './data';
import { Z_975 } from './distributions';

/** One entry for each distinct time, ascending. */
export interface KaplanMeier {
  readonly time: readonly number[];
  readonly atRisk: readonly number[];
  readonly events: readonly number[];
  readonly censored: readonly number[];
  readonly survival: readonly number[];
  /** Greenwood's standard error of log S(t), as R's survfit prints it. */
  readonly standardErrorLog: readonly number[];
}

/** Product-limit estimator (Kaplan and Meier 1958), variance by Greenwood (R survival::survfit). */
export function kaplanMeier(data: SurvivalData): KaplanMeier {
  return productLimit(data, 'event');
}

/**
 * Kaplan-Meier of the censoring, G, for inverse-probability weights: `events` counts censorings.
 * At a tie the events come first, so whoever had one is no longer at risk of being censored.
 */
export function censoringCurve(data: SurvivalData): KaplanMeier {
  return productLimit(data, 'censoring');
}

function productLimit(data: SurvivalData, counted: 'event' | 'censoring'): KaplanMeier {
  const order = timeOrder(data);
  const curve = {
    time: [] as number[],
    atRisk: [] as number[],
    events: [] as number[],
    censored: [] as number[],
    survival: [] as number[],
    standardErrorLog: [] as number[],
  };
  let survival = 1;
  let variance = 0;
  for (const [start, end] of timeGroups(data, order)) {
    let died = 0;
    for (let k = start; k < end; k++) died += data.event[order[k]];
    const left = end - start - died;
    const atRisk = order.length - start - (counted === 'event' ? 0 : died);
    const ended = counted === 'event' ? died : left;
    if (ended > 0) {
      survival *= 1 - ended / atRisk;
      variance += ended / (atRisk * (atRisk - ended));
    }
    curve.time.push(data.time[order[start]]);
    curve.atRisk.push(atRisk);
    curve.events.push(ended);
    curve.censored.push(counted === 'event' ? left : died);
    curve.survival.push(survival);
    curve.standardErrorLog.push(Math.sqrt(variance));
  }
  return curve;
}

/**
 * Where the curve crosses one half; the middle of the step where it runs along one half (as R's
 * survfit prints it); null when it stays above.
 */
export function medianTime({ time, survival }: KaplanMeier): number | null {
  const first = survival.findIndex((value) => value < 0.5 + HALF_TOLERANCE);
  if (first < 0) return null;
  const below = survival.findIndex((value) => value < survival[first]);
  const runsAlong = Math.abs(survival[first] - 0.5) < HALF_TOLERANCE && below >= 0;
  return runsAlong ? (time[first] + time[below]) / 2 : time[first];
}

/** Median of the follow-up that would be seen if nobody had the event (reverse Kaplan-Meier; Schemper and Smith 1996). */
export function medianFollowUp(data: SurvivalData): number | null {
  return medianTime(censoringCurve(data));
}

/** S(t): the last step at or before t; 1 before the first time. */
export function survivalAt(curve: KaplanMeier, time: number): number {
  const step = lastStep(curve.time, time, true);
  return step < 0 ? 1 : curve.survival[step];
}

/** S(t-): the last step strictly before t. */
export function survivalBefore(curve: KaplanMeier, time: number): number {
  const step = lastStep(curve.time, time, false);
  return step < 0 ? 1 : curve.survival[step];
}

/** A product of fractions that is one half but for rounding. */
const HALF_TOLERANCE = 1e-8;

export type IntervalScale = 'log' | 'log-log';

/** 95 % confidence limits of S at step `k`, on the scale that R's `conf.type` names. */
export function survivalInterval(
  curve: KaplanMeier,
  k: number,
  scale: IntervalScale,
): [number, number] {
  const survival = curve.survival[k];
  const error = curve.standardErrorLog[k];
  if (scale === 'log') {
    return [survival * Math.exp(-Z_975 * error), Math.min(1, survival * Math.exp(Z_975 * error))];
  }
  if (survival === 1) return [1, 1];
  const spread = (Z_975 * error) / Math.log(survival);
  return [survival ** Math.exp(-spread), survival ** Math.exp(spread)];
}

function lastStep(times: readonly number[], time: number, inclusive: boolean): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time || (inclusive && times[middle] === time)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

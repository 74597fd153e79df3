/**
 * Brier score of predicted survival at a horizon, weighted for censoring (Graf 1999), and its
 * integral over time (pec::crps: left-step rule, divided by the length of the interval).
 */
import type { SurvivalData } from './data';
import { Z_975 } from './distributions';
import {
  horizonWeights,
  influenceStandardError,
  weightsFrom,
  withEstimatedWeights,
} from './inverseWeights';
import { censoringCurve } from './kaplanMeier';

export interface BrierScore {
  readonly horizon: number;
  readonly brier: number;
  readonly standardError: number;
  /** Clipped to 0..1. */
  readonly interval: readonly [number, number];
}

/** @param risk predicted probability of the event by the horizon, for each row */
export function brierScore(
  data: SurvivalData,
  risk: readonly number[],
  horizon: number,
): BrierScore {
  const weights = horizonWeights(data, horizon);
  const residual = risk.map((value, row) =>
    weights.isCase[row] ? weights.weight[row] * (1 - value) ** 2 : weights.weight[row] * value ** 2,
  );
  const brier = mean(residual);
  const influence = withEstimatedWeights(
    data,
    weights,
    residual.map((value) => value - brier),
    residual,
  );
  const standardError = influenceStandardError(influence);
  return {
    horizon,
    brier,
    standardError,
    interval: [
      Math.max(0, brier - Z_975 * standardError),
      Math.min(1, brier + Z_975 * standardError),
    ],
  };
}

/** Brier scores at each of `times`, without their errors. */
export function brierCurve(
  data: SurvivalData,
  predictRisk: (horizon: number) => readonly number[],
  times: readonly number[],
): number[] {
  const censoring = censoringCurve(data);
  return times.map((time) => {
    const risk = predictRisk(time);
    const { isCase, weight } = weightsFrom(data, time, censoring);
    return mean(risk.map((value, row) => weight[row] * (isCase[row] ? 1 - value : value) ** 2));
  });
}

/**
 * Integrated Brier score over the grid of `times`: each score stands until the next time.
 * @param scores one for each of `times`, ascending from the start of the interval
 */
export function integratedBrier(times: readonly number[], scores: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k + 1 < times.length; k++) sum += scores[k] * (times[k + 1] - times[k]);
  return sum / (times[times.length - 1] - times[0]);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Risk from a fitted Cox model: H(t | x) = H0(t) exp(LP - centre), risk(t) = 1 - exp(-H(t | x)).
 * H0 is a step function, as survival::basehaz gives it.
 */

export interface HazardStep {
  readonly months: number;
  readonly cumulativeHazard: number;
}

/** `steps` ascending in time; 0 before the first, the last value after the last. */
export function cumulativeHazardAt(steps: readonly HazardStep[], months: number): number {
  let hazard = 0;
  for (const step of steps) {
    if (step.months > months) break;
    hazard = step.cumulativeHazard;
  }
  return hazard;
}

/** `linearPredictor`: on the scale on which `steps` hold at 0. Probability, 0 to 1. */
export function riskAt(
  steps: readonly HazardStep[],
  linearPredictor: number,
  months: number,
): number {
  return -Math.expm1(-cumulativeHazardAt(steps, months) * Math.exp(linearPredictor));
}

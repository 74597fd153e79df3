/** A Cox model with its baseline hazard: survival probabilities for any patient. */
import { isInputError } from '../chain/errors';
import { baselineHazard } from '../survival/baselineHazard';
import { fitCox, linearPredictor, type Ties } from '../survival/cox';
import type { SurvivalData } from '../survival/data';

export interface CoxRisk {
  readonly coefficients: readonly number[];
  /** Uncentred. */
  predictor(covariates: readonly (readonly number[])[]): number[];
  /** `[row][time]` */
  survival(predictor: readonly number[], times: readonly number[]): readonly (readonly number[])[];
}

/**
 * In a resample a covariate can be constant (nothing was selected) or separate the events: it then
 * keeps `fallback`, its coefficient before calibration, so that the resample still counts.
 */
export function fitCoxRisk(
  data: SurvivalData,
  covariates: readonly (readonly number[])[],
  fallback: readonly number[],
  ties: Ties,
): CoxRisk {
  const coefficients = [...fallback];
  const fitted = covariates.flatMap((values, j) => (isConstant(values) ? [] : [j]));
  try {
    if (fitted.length > 0) {
      const fit = fitCox(
        data,
        fitted.map((j) => covariates[j]),
        fitted.map(String),
        ties,
      );
      fitted.forEach((j, k) => (coefficients[j] = fit.coefficients[k]));
    }
  } catch (error) {
    if (!isInputError(error)) throw error;
  }
  const predictor = (values: readonly (readonly number[])[]): number[] =>
    linearPredictor(coefficients, values);
  const hazard = baselineHazard(data, predictor(covariates), ties);
  return {
    coefficients,
    predictor,
    survival: (predictors, times) => {
      const cumulative = times.map((time) => {
        const step = hazard.time.findLastIndex((other) => other <= time);
        return step < 0 ? 0 : hazard.cumulativeHazard[step];
      });
      return predictors.map((value) => {
        const relative = Math.exp(value);
        return cumulative.map((h) => Math.exp(-h * relative));
      });
    },
  };
}

function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

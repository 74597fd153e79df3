/**
 * Prediction error curves of a Cox model with the .632+ bootstrap (Efron and Tibshirani 1997;
 * Gerds and Schumacher 2007; as pec with `splitMethod = "Boot632plus"` and marginal censoring
 * weights). The model is refitted in every resample; its covariates are taken as given, so what
 * was selected beforehand stays optimistic.
 */
import { baselineHazard } from './baselineHazard';
import { fitCox, linearPredictor } from './cox';
import type { SurvivalData } from './data';
import { horizonWeights } from './inverseWeights';
import { kaplanMeier, survivalAt } from './kaplanMeier';

/** One value for each time of the grid. */
export interface PredictionError {
  readonly apparent: readonly number[];
  /** Mean out-of-bag error. */
  readonly bootstrap: readonly number[];
  /** Every prediction against every outcome. */
  readonly noInformation: readonly number[];
  readonly boot632plus: readonly number[];
}

/** Survival probabilities `[row][time]` predicted for all rows by a model fitted on `training`. */
export type SurvivalModel = (training: readonly number[]) => readonly (readonly number[])[];

/**
 * @param times grid, ascending
 * @param resamples row numbers of each bootstrap sample, with repetition
 */
export function predictionError(
  data: SurvivalData,
  model: SurvivalModel,
  times: readonly number[],
  resamples: readonly (readonly number[])[],
): PredictionError {
  const all = [...data.time.keys()];
  const errors = errorMeter(data, times);
  const fitted = model(all);
  const apparent = errors(all, (row) => fitted[row]);
  const noInformation = meanCurve(all.map((j) => errors(all, () => fitted[j])));
  const bootstrap = meanCurve(
    resamples.map((sample) => {
      const drawn = new Set(sample);
      const predicted = model(sample);
      return errors(
        all.filter((row) => !drawn.has(row)),
        (row) => predicted[row],
      );
    }),
  );
  const boot632plus = times.map((_, k) =>
    combine632plus(apparent[k], bootstrap[k], noInformation[k]),
  );
  return { apparent, bootstrap, noInformation, boot632plus };
}

/** A Cox model (Efron) of the given covariates. */
export function coxSurvivalModel(
  data: SurvivalData,
  covariates: readonly (readonly number[])[],
  names: readonly string[],
  times: readonly number[],
): SurvivalModel {
  return (training) => {
    const rows = {
      time: training.map((row) => data.time[row]),
      event: training.map((row) => data.event[row]),
    };
    const columns = covariates.map((values) => training.map((row) => values[row]));
    const { coefficients } = fitCox(rows, columns, names, 'efron');
    const hazard = baselineHazard(rows, linearPredictor(coefficients, columns), 'efron');
    const cumulative = times.map((time) => {
      const step = hazard.time.findLastIndex((other) => other <= time);
      return step < 0 ? 0 : hazard.cumulativeHazard[step];
    });
    return linearPredictor(coefficients, covariates).map((predictor) =>
      cumulative.map((value) => Math.exp(-value * Math.exp(predictor))),
    );
  };
}

/** Kaplan-Meier: the reference that knows no covariate. */
export function kaplanMeierModel(data: SurvivalData, times: readonly number[]): SurvivalModel {
  return (training) => {
    const curve = kaplanMeier({
      time: training.map((row) => data.time[row]),
      event: training.map((row) => data.event[row]),
    });
    const survival = times.map((time) => survivalAt(curve, time));
    return data.time.map(() => survival);
  };
}

export type ErrorMeter = (
  rows: readonly number[],
  survivalOf: (row: number) => readonly number[],
) => number[];

/** Brier scores of some rows at every time; the weights come from all rows. */
export function errorMeter(data: SurvivalData, times: readonly number[]): ErrorMeter {
  const weights = times.map((time) => horizonWeights(data, time));
  return (rows, survivalOf) =>
    times.map((_, k) => {
      const { isCase, weight } = weights[k];
      let sum = 0;
      for (const row of rows) {
        const survival = survivalOf(row)[k];
        sum += weight[row] * (isCase[row] ? survival : 1 - survival) ** 2;
      }
      return sum / rows.length;
    });
}

/** The .632+ weighting of one time's errors. */
export function combine632plus(apparent: number, bootstrap: number, noInformation: number): number {
  const capped = Math.min(bootstrap, noInformation);
  const overfitting =
    capped > apparent && noInformation !== apparent
      ? (capped - apparent) / (noInformation - apparent)
      : 0;
  const weight = 0.632 / (1 - 0.368 * overfitting);
  return (1 - weight) * apparent + weight * capped;
}

export function meanCurve(curves: readonly (readonly number[])[]): number[] {
  return curves[0].map((_, k) => curves.reduce((sum, curve) => sum + curve[k], 0) / curves.length);
}

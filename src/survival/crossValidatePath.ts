/**
 * Choice of the penalty by cross-validation, as cv.glmnet does for Cox models: grouped deviance
 * (the fold's share of the full partial likelihood) or concordance.
 */
import { harrellC } from './concordance';
import type { SurvivalData } from './data';
import { PartialLikelihood } from './partialLikelihood';
import { fitPenalisedPath, type PathSettings, type PathStep } from './penalisedCox';

export type PenaltyCriterion = 'deviance' | 'concordance';

export interface CrossValidation {
  readonly lambdas: readonly number[];
  /** Mean over the folds; deviance is to be small, concordance large. */
  readonly mean: readonly number[];
  readonly standardError: readonly number[];
  readonly lambdaMin: number;
  /** Largest penalty within one standard error of the best. */
  readonly lambdaOneSe: number;
}

/** @param fold fold number of each row, any integers */
export function crossValidatePath(
  data: SurvivalData,
  covariates: readonly Float64Array[],
  lambdas: readonly number[],
  fold: readonly number[],
  criterion: PenaltyCriterion,
  settings: Pick<PathSettings, 'alpha'>,
): CrossValidation {
  const folds = [...new Set(fold)].sort((a, b) => a - b);
  const measured = folds.map((held) => {
    const kept = rowsWhere(fold, (value) => value !== held);
    const path = fitPenalisedPath(
      subset(data, kept),
      covariates.map((x) => Float64Array.from(kept, (row) => x[row])),
      { ...settings, lambdas },
    );
    const left = rowsWhere(fold, (value) => value === held);
    return criterion === 'deviance'
      ? groupedDeviance(data, covariates, path, kept)
      : heldOutConcordance(data, covariates, path, left);
  });
  return summarise(lambdas, measured, criterion);
}

interface FoldMeasure {
  readonly values: readonly number[];
  readonly weight: number;
}

/** Deviance of all rows minus that of the training rows, for each event of the fold. */
function groupedDeviance(
  data: SurvivalData,
  covariates: readonly Float64Array[],
  path: readonly PathStep[],
  kept: readonly number[],
): FoldMeasure {
  const all = new PartialLikelihood(data);
  const training = new PartialLikelihood(subset(data, kept));
  const events = all.events - training.events;
  const values = path.map((step) => {
    const predictor = predict(step, covariates, data.time.length);
    const trained = Float64Array.from(kept, (row) => predictor[row]);
    return (all.deviance(predictor) - training.deviance(trained)) / events;
  });
  return { values, weight: events };
}

function heldOutConcordance(
  data: SurvivalData,
  covariates: readonly Float64Array[],
  path: readonly PathStep[],
  left: readonly number[],
): FoldMeasure {
  const rows = subset(data, left);
  const values = path.map((step) => {
    const predictor = predict(step, covariates, data.time.length);
    return harrellC(
      rows,
      left.map((row) => predictor[row]),
    ).c;
  });
  return { values, weight: left.length };
}

function summarise(
  lambdas: readonly number[],
  measured: readonly FoldMeasure[],
  criterion: PenaltyCriterion,
): CrossValidation {
  const total = measured.reduce((sum, { weight }) => sum + weight, 0);
  const over = (value: (fold: FoldMeasure) => number): number =>
    measured.reduce((sum, fold) => sum + fold.weight * value(fold), 0) / total;
  const mean = lambdas.map((_, k) => over((fold) => fold.values[k]));
  const standardError = lambdas.map((_, k) =>
    Math.sqrt(over((fold) => (fold.values[k] - mean[k]) ** 2) / (measured.length - 1)),
  );
  // Concordance is turned round, so that the smallest loss is the best of either.
  const loss = criterion === 'deviance' ? mean : mean.map((value) => -value);
  const best = Math.min(...loss);
  const minAt = loss.findIndex((value) => value <= best);
  const bound = loss[minAt] + standardError[minAt];
  return {
    lambdas,
    mean,
    standardError,
    lambdaMin: lambdas[minAt],
    lambdaOneSe: lambdas[loss.findIndex((value) => value <= bound)],
  };
}

function predict(step: PathStep, covariates: readonly Float64Array[], rows: number): Float64Array {
  const predictor = new Float64Array(rows);
  for (const [j, coefficient] of step.coefficients) {
    for (let row = 0; row < rows; row++) predictor[row] += coefficient * covariates[j][row];
  }
  return predictor;
}

function subset(data: SurvivalData, rows: readonly number[]): SurvivalData {
  return { time: rows.map((row) => data.time[row]), event: rows.map((row) => data.event[row]) };
}

function rowsWhere(values: readonly number[], keep: (value: number) => boolean): number[] {
  return values.flatMap((value, row) => (keep(value) ? [row] : []));
}

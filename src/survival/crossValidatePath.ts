/**
 * Choice of the penalty by cross-validation, as cv.glmnet does for Cox models: grouped deviance
 * (the fold's share of the full partial likelihood) or concordance.
 */
import { harrellC } from './concordance';
import type { SurvivalData } from './data';
import { PartialLikelihood } from './partialLikelihood';
import { penalisedPath, type PathSettings, type PathStep } from './penalisedCox';

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

export interface CrossValidationSettings extends Pick<PathSettings, 'alpha'> {
  /**
   * Ends the search after so many penalties whose mean is worse than the best by more than the
   * best's standard error; by default every penalty is tried.
   */
  readonly patience?: number;
}

/**
 * @param lambdas descending
 * @param fold fold number of each row, any integers
 */
export function crossValidatePath(
  data: SurvivalData,
  covariates: readonly Float64Array[],
  lambdas: readonly number[],
  fold: readonly number[],
  criterion: PenaltyCriterion,
  settings: CrossValidationSettings,
): CrossValidation {
  const rows = data.time.length;
  const measure = criterion === 'deviance' ? groupedDeviance(data) : heldOutConcordance(data);
  const folds = [...new Set(fold)]
    .sort((a, b) => a - b)
    .map((held) => {
      const kept = rowsWhere(fold, (value) => value !== held);
      return {
        ...measure(
          kept,
          rowsWhere(fold, (value) => value === held),
        ),
        values: [] as number[],
        path: penalisedPath(
          subset(data, kept),
          covariates.map((x) => Float64Array.from(kept, (row) => x[row])),
          { alpha: settings.alpha, lambdas },
        ),
      };
    });
  for (let tried = 1; tried <= lambdas.length; tried++) {
    for (const { path, values, value } of folds) {
      const step = path.next().value;
      if (step) values.push(value(predict(step, covariates, rows)));
    }
    if (settings.patience === undefined || tried < MIN_PENALTIES) continue;
    const { losses, bestAt, bound } = best(summarise(folds, tried), criterion);
    const worse = losses.slice(bestAt + 1).filter((loss) => loss > bound).length;
    if (worse >= settings.patience) break;
  }
  return choose(lambdas, summarise(folds, folds[0].values.length), criterion);
}

const MIN_PENALTIES = 5;

/** Of one fold: how good a linear predictor of all rows is, and what the fold counts. */
interface FoldMeasure {
  readonly value: (predictor: Float64Array) => number;
  readonly weight: number;
}

type Measure = (kept: readonly number[], left: readonly number[]) => FoldMeasure;

/** Deviance of all rows minus that of the training rows, for each event of the fold. */
function groupedDeviance(data: SurvivalData): Measure {
  const all = new PartialLikelihood(data);
  return (kept) => {
    const training = new PartialLikelihood(subset(data, kept));
    const events = all.events - training.events;
    return {
      weight: events,
      value: (predictor) => {
        const trained = Float64Array.from(kept, (row) => predictor[row]);
        // A fold without an event says nothing and weighs nothing.
        return events === 0 ? 0 : (all.deviance(predictor) - training.deviance(trained)) / events;
      },
    };
  };
}

function heldOutConcordance(data: SurvivalData): Measure {
  return (_, left) => {
    const rows = subset(data, left);
    return {
      weight: left.length,
      value: (predictor) =>
        harrellC(
          rows,
          left.map((row) => predictor[row]),
        ).c,
    };
  };
}

interface Summary {
  readonly mean: readonly number[];
  readonly standardError: readonly number[];
}

function summarise(
  folds: readonly { readonly values: readonly number[]; readonly weight: number }[],
  tried: number,
): Summary {
  const total = folds.reduce((sum, { weight }) => sum + weight, 0);
  const mean: number[] = [];
  const standardError: number[] = [];
  for (let k = 0; k < tried; k++) {
    const centre = folds.reduce((sum, fold) => sum + fold.weight * fold.values[k], 0) / total;
    const squares = folds.reduce(
      (sum, fold) => sum + fold.weight * (fold.values[k] - centre) ** 2,
      0,
    );
    mean.push(centre);
    standardError.push(Math.sqrt(squares / total / (folds.length - 1)));
  }
  return { mean, standardError };
}

function best(
  { mean, standardError }: Summary,
  criterion: PenaltyCriterion,
): { losses: readonly number[]; bestAt: number; bound: number } {
  // Concordance is turned round, so that the smallest loss is the best of either.
  const losses = criterion === 'deviance' ? mean : mean.map((value) => -value);
  const smallest = Math.min(...losses);
  const bestAt = losses.findIndex((value) => value <= smallest);
  return { losses, bestAt, bound: losses[bestAt] + standardError[bestAt] };
}

function choose(
  lambdas: readonly number[],
  summary: Summary,
  criterion: PenaltyCriterion,
): CrossValidation {
  const { losses, bestAt, bound } = best(summary, criterion);
  return {
    lambdas: lambdas.slice(0, summary.mean.length),
    ...summary,
    lambdaMin: lambdas[bestAt],
    lambdaOneSe: lambdas[losses.findIndex((value) => value <= bound)],
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

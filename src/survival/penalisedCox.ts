/**
 * LASSO and elastic-net Cox regression along a path of penalties (Simon 2011; as glmnet with
 * `family = "cox"`, Breslow ties, `standardize = FALSE`).
 *
 * Minimises -(1/n) log PL(b) + lambda * (alpha * sum|b| + (1 - alpha) / 2 * sum b^2).
 */
import { InputError } from '../chain/errors';
import type { SurvivalData } from './data';
import { PartialLikelihood } from './partialLikelihood';
import { PenalisedDescent } from './penalisedDescent';

export interface PathSettings {
  /** 1: LASSO; below 1: elastic net. */
  readonly alpha: number;
  /** Descending; by default `steps` values from the smallest penalty that selects nothing. */
  readonly lambdas?: readonly number[];
  readonly steps?: number;
  /** Last penalty as a fraction of the first. */
  readonly smallestRatio?: number;
}

export interface PathStep {
  readonly lambda: number;
  /** Covariate number -> coefficient, the non-zero ones. */
  readonly coefficients: ReadonlyMap<number, number>;
  /** 1 - deviance / null deviance. */
  readonly devianceRatio: number;
}

/** Where a path may end early: nothing is gained by smaller penalties (glmnet.control). */
const MAX_DEVIANCE_RATIO = 0.999;
const MIN_DEVIANCE_GAIN = 1e-5;
const MIN_STEPS = 5;

/**
 * @param covariates z-scored, one array of length n for each covariate
 * @throws InputError MODEL_FIT without an event or when the descent does not settle
 */
export function fitPenalisedPath(
  data: SurvivalData,
  covariates: readonly Float64Array[],
  settings: PathSettings,
): PathStep[] {
  return [...penalisedPath(data, covariates, settings)];
}

/** The same, one penalty at a time, for callers that may not need the whole path. */
export function* penalisedPath(
  data: SurvivalData,
  covariates: readonly Float64Array[],
  settings: PathSettings,
): Generator<PathStep, void, undefined> {
  const likelihood = likelihoodOf(data);
  const descent = new PenalisedDescent(likelihood, covariates, settings.alpha);
  const lambdas = settings.lambdas ?? lambdaSequence(descent.largestLambda(), settings);
  let previous = lambdas[0];
  let explained = 0;
  for (const [k, lambda] of lambdas.entries()) {
    descent.solve(lambda, Math.max(previous, lambda));
    const devianceRatio = 1 - likelihood.deviance(descent.predictor) / likelihood.nullDeviance;
    const gain = devianceRatio - explained;
    yield { lambda, coefficients: descent.coefficients(), devianceRatio };
    previous = lambda;
    explained = devianceRatio;
    const settled =
      k + 1 >= MIN_STEPS && gain < MIN_DEVIANCE_GAIN * Math.max(devianceRatio, 1e-300);
    if (!settings.lambdas && (settled || devianceRatio > MAX_DEVIANCE_RATIO)) return;
  }
}

/** Penalties from the smallest one that selects nothing, downwards. */
export function penaltySequence(
  data: SurvivalData,
  covariates: readonly Float64Array[],
  settings: Omit<PathSettings, 'lambdas'>,
): number[] {
  const descent = new PenalisedDescent(likelihoodOf(data), covariates, settings.alpha);
  return lambdaSequence(descent.largestLambda(), settings);
}

function likelihoodOf(data: SurvivalData): PartialLikelihood {
  const likelihood = new PartialLikelihood(data);
  if (likelihood.events === 0) {
    throw new InputError('MODEL_FIT', 'No row has an event: a Cox model cannot be fitted.');
  }
  return likelihood;
}

function lambdaSequence(
  largest: number,
  settings: Pick<PathSettings, 'steps' | 'smallestRatio'>,
): number[] {
  const steps = settings.steps ?? 100;
  const ratio = settings.smallestRatio ?? 0.05;
  return Array.from({ length: steps }, (_, k) => largest * ratio ** (k / (steps - 1)));
}

/**
 * Cox proportional hazards regression by Newton-Raphson on the partial likelihood.
 * Reference: Cox 1972; ties by Efron 1977 or Breslow 1974; results as R survival::coxph.
 */
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { InputError } from '../chain/errors';
import {
  derivatives,
  sortRows,
  type Derivatives,
  type SortedRows,
  type Ties,
} from './coxDerivatives';
import { requireFinite, requireIndependent, requireMaximum } from './coxRefusals';
import type { SurvivalData } from './data';

export type { Ties } from './coxDerivatives';

export interface CoxFit {
  readonly ties: Ties;
  readonly patients: number;
  readonly events: number;
  readonly coefficients: readonly number[];
  readonly standardErrors: readonly number[];
  /** Of the coefficients, by rows. */
  readonly covariance: readonly (readonly number[])[];
  readonly means: readonly number[];
  readonly logLikelihood: { readonly null: number; readonly model: number };
  readonly tests: {
    readonly likelihoodRatio: number;
    readonly wald: number;
    readonly score: number;
  };
  readonly iterations: number;
}

const MAX_ITERATIONS = 50;
const RELATIVE_TOLERANCE = 1e-10;
/**
 * @param covariates one array for each covariate, each as long as the data
 * @param names names of the covariates, for messages
 * @throws InputError MODEL_FIT when there is no event, a covariate is constant or a combination of
 *   the others, or the likelihood has no maximum (separation)
 */
export function fitCox(
  data: SurvivalData,
  covariates: readonly (readonly number[])[],
  names: readonly string[],
  ties: Ties,
): CoxFit {
  const events = data.event.reduce((sum, value) => sum + value, 0);
  if (events === 0) {
    throw new InputError('MODEL_FIT', 'No row has an event: a Cox model cannot be fitted.');
  }
  const { centred, means, scales } = standardise(covariates, names);
  requireIndependent(centred, names);
  const sorted = sortRows(data, centred);
  const zero = new Float64Array(covariates.length);
  const atZero = derivatives(sorted, zero, ties);
  const { beta, fit, iterations } = maximise(sorted, atZero, names, ties);
  const covariance = invert(fit.information, names);
  requireMaximum(sorted, fit, covariance, names);
  const gradient = Matrix.columnVector([...atZero.gradient]);
  const score = gradient
    .transpose()
    .mmul(invert(atZero.information, names))
    .mmul(gradient)
    .get(0, 0);
  const column = Matrix.columnVector([...beta]);
  return {
    ties,
    patients: data.time.length,
    events,
    coefficients: [...beta].map((value, j) => value / scales[j]),
    standardErrors: scales.map((scale, j) => Math.sqrt(covariance.get(j, j)) / scale),
    covariance: scales.map((own, j) =>
      scales.map((other, k) => covariance.get(j, k) / (own * other)),
    ),
    means,
    logLikelihood: { null: atZero.logLikelihood, model: fit.logLikelihood },
    tests: {
      likelihoodRatio: 2 * (fit.logLikelihood - atZero.logLikelihood),
      wald: column.transpose().mmul(fit.information).mmul(column).get(0, 0),
      score,
    },
    iterations,
  };
}

/** Uncentred linear predictor of each row. */
export function linearPredictor(
  coefficients: readonly number[],
  covariates: readonly (readonly number[])[],
): number[] {
  const rows = covariates[0]?.length ?? 0;
  return Array.from({ length: rows }, (_, row) =>
    coefficients.reduce((sum, coefficient, j) => sum + coefficient * covariates[j][row], 0),
  );
}

/** Centred and divided by the SD: the Newton steps are then well scaled; undone at the end. */
function standardise(
  covariates: readonly (readonly number[])[],
  names: readonly string[],
): { centred: Float64Array[]; means: number[]; scales: number[] } {
  const means: number[] = [];
  const scales: number[] = [];
  const centred = covariates.map((values, j) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const scale = Math.sqrt(variance);
    if (!(scale > 1e-12 * Math.max(1, Math.abs(mean)))) {
      throw new InputError(
        'MODEL_FIT',
        `The covariate ${names[j]} is constant: leave it out of the Cox model.`,
      );
    }
    means.push(mean);
    scales.push(scale);
    return Float64Array.from(values, (value) => (value - mean) / scale);
  });
  return { centred, means, scales };
}

function maximise(
  sorted: SortedRows,
  start: Derivatives,
  names: readonly string[],
  ties: Ties,
): { beta: Float64Array; fit: Derivatives; iterations: number } {
  let beta: Float64Array = new Float64Array(names.length);
  let fit = start;
  let settled = false;
  for (let iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
    const step = invert(fit.information, names).mmul(Matrix.columnVector([...fit.gradient]));
    let scale = 1;
    let candidate = beta.map((value, j) => value + step.get(j, 0));
    let next = derivatives(sorted, candidate, ties);
    while (!(next.logLikelihood >= fit.logLikelihood - 1e-10) && scale > 1e-8) {
      scale /= 2;
      const halved = scale;
      candidate = beta.map((value, j) => value + halved * step.get(j, 0));
      next = derivatives(sorted, candidate, ties);
    }
    const change = Math.abs(next.logLikelihood - fit.logLikelihood);
    beta = candidate;
    fit = next;
    requireFinite(sorted, beta, names);
    // One step beyond the tolerance, so that what is left is rounding.
    if (settled) return { beta, fit, iterations: iteration };
    settled = change <= RELATIVE_TOLERANCE * Math.abs(fit.logLikelihood);
  }
  throw new InputError(
    'MODEL_FIT',
    `The Cox model of ${names.join(', ')} did not converge in ${MAX_ITERATIONS} steps: use fewer covariates.`,
  );
}

function invert(information: Matrix, names: readonly string[]): Matrix {
  const cholesky = new CholeskyDecomposition(information);
  if (!cholesky.isPositiveDefinite()) {
    throw new InputError(
      'MODEL_FIT',
      names.length === 1
        ? `The covariate ${names[0]} does not vary among the rows at risk when events happen: leave it out.`
        : `Among the rows at risk when events happen, the covariates ${names.join(', ')} are not independent of one another, or they separate the events: leave one out.`,
    );
  }
  return cholesky.solve(Matrix.eye(information.rows));
}

/** When a Cox model has no estimate: collinear covariates, and events that are separated. */
import { Matrix } from 'ml-matrix';
import { InputError } from '../chain/errors';
import type { Derivatives, SortedRows } from './coxDerivatives';

/** No log hazard of a row, relative to the mean, is that large unless the events are separated. */
const LARGEST_PREDICTOR = 300;
/**
 * Of a log hazard. At a maximum Newton's steps vanish; where the likelihood only levels off on its
 * way to infinity, each step goes on by about one.
 */
const LEFT_TO_GO = 1e-3;
/** Share of a covariate's variance that the covariates before it must leave over. */
const INDEPENDENT = 1e-11;

/** @throws InputError when the coefficients run away */
export function requireFinite(
  sorted: SortedRows,
  beta: Float64Array,
  names: readonly string[],
): void {
  if (largestChange(sorted, beta) < LARGEST_PREDICTOR) return;
  const largest = Math.max(...beta.map(Math.abs));
  throw separation(names.filter((_, j) => !(Math.abs(beta[j]) < largest / 10)));
}

/** @throws InputError when the likelihood has levelled off without a maximum (monotone likelihood) */
export function requireMaximum(
  sorted: SortedRows,
  { gradient }: Derivatives,
  covariance: Matrix,
  names: readonly string[],
): void {
  const step = covariance.mmul(Matrix.columnVector([...gradient])).to1DArray();
  if (largestChange(sorted, step) < LEFT_TO_GO) return;
  throw separation(names.filter((_, j) => !(Math.abs(step[j]) < LEFT_TO_GO)));
}

/** The largest log hazard that the coefficients give any row. */
function largestChange({ rows }: SortedRows, coefficients: ArrayLike<number>): number {
  return rows.reduce((largest, x) => Math.max(largest, Math.abs(dot(x, coefficients))), 0);
}

function separation(names: readonly string[]): InputError {
  const [who, whose] =
    names.length === 1
      ? [`The covariate ${names[0]} separates`, 'its hazard ratio has']
      : [`The covariates ${names.join(', ')} together separate`, 'their hazard ratios have'];
  return new InputError(
    'MODEL_FIT',
    `${who} the events from the rest, so ${whose} no finite estimate: leave ${names.length === 1 ? 'it' : 'one'} out or use a penalised model.`,
  );
}

/** @throws InputError naming the first covariate that the ones before it determine (Gram and Schmidt) */
export function requireIndependent(
  columns: readonly Float64Array[],
  names: readonly string[],
): void {
  const basis: Float64Array[] = [];
  columns.forEach((column, j) => {
    const rest = Float64Array.from(column);
    // Twice, because rounding leaves something of the basis after the first time.
    for (const other of [...basis, ...basis]) {
      const share = dot(other, rest);
      for (let i = 0; i < rest.length; i++) rest[i] -= share * other[i];
    }
    const left = dot(rest, rest);
    if (!(left > INDEPENDENT * dot(column, column))) {
      const others = names.slice(0, j);
      throw new InputError(
        'MODEL_FIT',
        `The covariate ${names[j]} says nothing that ${others.join(', ')} ${others.length === 1 ? 'does' : 'do'} not say already (collinear): leave one of them out.`,
      );
    }
    const length = Math.sqrt(left);
    basis.push(rest.map((value) => value / length));
  });
}

function dot(a: Float64Array, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

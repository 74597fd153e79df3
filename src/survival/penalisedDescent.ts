/**
 * The optimum of a penalised Cox model at one penalty, starting from that of the penalty before.
 * Coordinate descent (Simon 2011) finds which coefficients are not zero; Newton's method on those
 * alone then reaches the optimum to rounding in a few steps. The sequential strong rule (Tibshirani
 * 2012) leaves most covariates alone, the KKT conditions take none wrongly.
 */
import { InputError } from '../chain/errors';
import { factorise, solveFactorised } from './cholesky';
import type { PartialLikelihood } from './partialLikelihood';

const MAX_PASSES = 100_000;
/** Of the weighted squared step, relative to the null deviance (glmnet's `thresh`). */
const DESCENT_TOLERANCE = 1e-5;
const NEWTON_STEPS = 20;
/** The second derivative hardly changes so close to the optimum, and it is the dear part. */
const STEPS_PER_FACTOR = 5;
const NEWTON_TOLERANCE = 1e-12;
const CLEARLY = 1.02;
/** What rounding may add to a gradient at its bound. */
const SLACK = 1 + 1e-9;

export class PenalisedDescent {
  readonly predictor: Float64Array;
  private readonly beta: Float64Array;
  private readonly gradient: Float64Array;
  /** Whoever was once selected stays in the working set. */
  private readonly working = new Set<number>();

  constructor(
    private readonly likelihood: PartialLikelihood,
    private readonly covariates: readonly Float64Array[],
    private readonly alpha: number,
  ) {
    this.predictor = new Float64Array(likelihood.rows);
    this.gradient = new Float64Array(likelihood.rows);
    this.beta = new Float64Array(covariates.length);
  }

  /** The smallest penalty at which every coefficient is zero. */
  largestLambda(): number {
    const slopes = products(this.covariates, this.gradientAt(this.predictor));
    const largest = slopes.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
    return largest / this.likelihood.rows / Math.max(this.alpha, 1e-3);
  }

  /** Covariate number -> coefficient, the non-zero ones. */
  coefficients(): Map<number, number> {
    const selected = new Map<number, number>();
    for (const j of [...this.working].sort((a, b) => a - b)) {
      if (this.beta[j] !== 0) selected.set(j, this.beta[j]);
    }
    return selected;
  }

  solve(lambda: number, previous: number): void {
    this.admit(this.alpha * (2 * lambda - previous));
    // Mostly the same covariates stay selected from one penalty to the next.
    let settled = this.polish(lambda);
    do {
      for (let tolerance = DESCENT_TOLERANCE; !settled && tolerance > 1e-16; tolerance /= 100) {
        this.descend(lambda, tolerance);
        settled = this.polish(lambda);
      }
      settled = false;
    } while (this.admit(this.alpha * lambda * SLACK));
  }

  /** Puts covariates whose gradient exceeds the threshold into the working set; tells if any was new. */
  private admit(threshold: number): boolean {
    const { rows } = this.likelihood;
    const outside = [...this.covariates.keys()].filter((j) => !this.working.has(j));
    const slopes = products(
      outside.map((j) => this.covariates[j]),
      this.gradientAt(this.predictor),
    );
    const found = outside.filter((_, k) => Math.abs(slopes[k]) / rows > threshold);
    for (const j of found) this.working.add(j);
    return found.length > 0;
  }

  private descend(lambda: number, tolerance: number): void {
    const limit = tolerance * this.likelihood.nullDeviance;
    const members = [...this.working];
    for (let pass = 0; pass < MAX_PASSES; pass++) {
      const { gradient, weight } = this.likelihood.derivatives(this.predictor);
      if (this.leastSquares(members, gradient, weight, lambda, limit) < limit) return;
    }
    throw new InputError(
      'MODEL_FIT',
      'The penalised Cox model did not settle: use a larger smallest penalty.',
    );
  }

  /**
   * Newton's method on the non-zero coefficients with their signs held. False, and nothing changed,
   * when a sign turns or a left-out member of the working set wants in: descent goes on then.
   */
  private polish(lambda: number): boolean {
    const support = [...this.working].filter((j) => this.beta[j] !== 0);
    const columns = support.map((j) => this.covariates[j]);
    const beta = Float64Array.from(support, (j) => this.beta[j]);
    const signs = beta.map(Math.sign);
    const predictor = this.predictor.slice();
    let factor: Float64Array | null = null;
    for (let step = 0; step < NEWTON_STEPS; step++) {
      if (step % STEPS_PER_FACTOR === 0) factor = this.factorise(columns, predictor, lambda);
      if (!factor) return false;
      const move = this.slopes(columns, beta, signs, predictor, lambda);
      solveFactorised(factor, move);
      if (!advance(beta, move, signs)) return false;
      columns.forEach((x, k) => addScaled(predictor, x, move[k]));
      // After two steps little moves any more: who is so far over the bound now will be at the end.
      if (step === 1 && this.wantsIn(predictor, lambda * CLEARLY)) return false;
      if (move.some((value) => !(Math.abs(value) <= NEWTON_TOLERANCE))) continue;
      if (this.wantsIn(predictor, lambda)) return false;
      support.forEach((j, k) => (this.beta[j] = beta[k]));
      this.predictor.set(predictor);
      return true;
    }
    return false;
  }

  /** Of the second derivative; null where it cannot be inverted. */
  private factorise(
    columns: readonly Float64Array[],
    predictor: Float64Array,
    lambda: number,
  ): Float64Array | null {
    const size = columns.length;
    const hessian = this.likelihood.information(predictor, columns);
    const ridge = lambda * (1 - this.alpha);
    for (let i = 0; i < hessian.length; i++) hessian[i] /= this.likelihood.rows;
    for (let k = 0; k < size; k++) hessian[k * size + k] += ridge;
    return factorise(hessian, size) ? hessian : null;
  }

  /** First derivatives of what is maximised, by the columns of the support. */
  private slopes(
    columns: readonly Float64Array[],
    beta: Float64Array,
    signs: Float64Array,
    predictor: Float64Array,
    lambda: number,
  ): Float64Array {
    const { rows } = this.likelihood;
    const ridge = lambda * (1 - this.alpha);
    return products(columns, this.gradientAt(predictor)).map(
      (product, k) => product / rows - lambda * this.alpha * signs[k] - ridge * beta[k],
    );
  }

  private wantsIn(predictor: Float64Array, lambda: number): boolean {
    const out = [...this.working].filter((j) => this.beta[j] === 0);
    const bound = this.alpha * lambda * SLACK * this.likelihood.rows;
    const slopes = products(
      out.map((j) => this.covariates[j]),
      this.gradientAt(predictor),
    );
    return slopes.some((slope) => Math.abs(slope) > bound);
  }

  /** Of log PL; the array is used again. */
  private gradientAt(predictor: Float64Array): Float64Array {
    this.likelihood.gradientInto(this.gradient, predictor);
    return this.gradient;
  }

  /** Coordinate descent on one quadratic approximation; returns the largest step of the first cycle. */
  private leastSquares(
    members: readonly number[],
    residual: Float64Array,
    weight: Float64Array,
    lambda: number,
    limit: number,
  ): number {
    const curvature = members.map((j) => weightedSquares(this.covariates[j], weight));
    let first = 0;
    for (let cycle = 0; cycle < MAX_PASSES; cycle++) {
      let largest = 0;
      for (let m = 0; m < members.length; m++) {
        const step = this.update(members[m], curvature[m], residual, weight, lambda);
        largest = Math.max(largest, curvature[m] * step * step);
      }
      if (cycle === 0) first = largest;
      if (largest < limit) return first;
    }
    return first;
  }

  private update(
    j: number,
    curvature: number,
    residual: Float64Array,
    weight: Float64Array,
    lambda: number,
  ): number {
    const x = this.covariates[j];
    const rows = x.length;
    const pull = (dot(x, residual) + curvature * this.beta[j]) / rows;
    const shrunk = Math.abs(pull) - lambda * this.alpha;
    const next =
      shrunk > 0 ? (Math.sign(pull) * shrunk) / (curvature / rows + lambda * (1 - this.alpha)) : 0;
    const step = next - this.beta[j];
    if (step === 0) return 0;
    this.beta[j] = next;
    for (let i = 0; i < rows; i++) {
      residual[i] -= weight[i] * x[i] * step;
      this.predictor[i] += x[i] * step;
    }
    return step;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** `vector` times each of the columns; four at a time, because each sum waits for its last addition. */
function products(columns: readonly Float64Array[], vector: Float64Array): Float64Array {
  const result = new Float64Array(columns.length);
  let j = 0;
  for (; j + 4 <= columns.length; j += 4) {
    const [a, b, c, d] = [columns[j], columns[j + 1], columns[j + 2], columns[j + 3]];
    let [sa, sb, sc, sd] = [0, 0, 0, 0];
    for (let i = 0; i < vector.length; i++) {
      const value = vector[i];
      sa += a[i] * value;
      sb += b[i] * value;
      sc += c[i] * value;
      sd += d[i] * value;
    }
    result[j] = sa;
    result[j + 1] = sb;
    result[j + 2] = sc;
    result[j + 3] = sd;
  }
  for (; j < columns.length; j++) result[j] = dot(columns[j], vector);
  return result;
}

/** beta + move; false, with beta spoilt, when a coefficient leaves its sign. */
function advance(beta: Float64Array, move: Float64Array, signs: Float64Array): boolean {
  let kept = true;
  for (let k = 0; k < beta.length; k++) {
    beta[k] += move[k];
    if (!(beta[k] * signs[k] > 0)) kept = false;
  }
  return kept;
}

function addScaled(target: Float64Array, x: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * x[i];
}

function weightedSquares(x: Float64Array, weight: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += weight[i] * x[i] * x[i];
  return sum;
}

/**
 * LASSO and elastic-net Cox regression along a path of penalties (Simon 2011; as glmnet with
 * `family = "cox"`, Breslow ties, `standardize = FALSE`).
 *
 * Minimises -(1/n) log PL(b) + lambda * (alpha * sum|b| + (1 - alpha) / 2 * sum b^2). Coordinate
 * descent finds which coefficients are not zero; Newton's method on those alone then reaches the
 * optimum to rounding in a few steps. The sequential strong rule leaves most covariates alone, the
 * KKT conditions take none wrongly.
 */
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { InputError } from '../chain/errors';
import type { SurvivalData } from './data';
import { PartialLikelihood } from './partialLikelihood';

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
const MAX_PASSES = 100_000;
/** Of the weighted squared step, relative to the null deviance (glmnet's `thresh`). */
const DESCENT_TOLERANCE = 1e-5;
const NEWTON_STEPS = 20;
const STEPS_PER_FACTOR = 5;
const NEWTON_TOLERANCE = 1e-12;

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
  const descent = new Descent(likelihood, covariates, settings.alpha);
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
  const descent = new Descent(likelihoodOf(data), covariates, settings.alpha);
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

class Descent {
  readonly predictor: Float64Array;
  private readonly beta: Float64Array;
  /** Whoever was once selected stays in the working set. */
  private readonly working = new Set<number>();

  constructor(
    private readonly likelihood: PartialLikelihood,
    private readonly covariates: readonly Float64Array[],
    private readonly alpha: number,
  ) {
    this.predictor = new Float64Array(likelihood.rows);
    this.beta = new Float64Array(covariates.length);
  }

  /** The smallest penalty at which every coefficient is zero. */
  largestLambda(): number {
    const { gradient } = this.likelihood.derivatives(this.predictor);
    const largest = Math.max(...this.covariates.map((x) => Math.abs(dot(x, gradient))));
    return largest / this.likelihood.rows / Math.max(this.alpha, 1e-3);
  }

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
    } while (this.admit(this.alpha * lambda * (1 + 1e-9)));
  }

  /** Puts covariates whose gradient exceeds the threshold into the working set; tells if any was new. */
  private admit(threshold: number): boolean {
    const { gradient } = this.likelihood.derivatives(this.predictor);
    const rows = this.likelihood.rows;
    const before = this.working.size;
    this.covariates.forEach((x, j) => {
      if (!this.working.has(j) && Math.abs(dot(x, gradient)) / rows > threshold)
        this.working.add(j);
    });
    return this.working.size > before;
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
    const signs = support.map((j) => Math.sign(this.beta[j]));
    let beta = support.map((j) => this.beta[j]);
    const predictor = Float64Array.from(this.predictor);
    let factor: CholeskyDecomposition | null = null;
    for (let step = 0; step < NEWTON_STEPS; step++) {
      // The second derivative hardly changes so close to the optimum, and it is the dear part.
      if (step % STEPS_PER_FACTOR === 0) factor = this.factorise(columns, predictor, lambda);
      if (!factor) return false;
      const move = this.newtonStep(factor, columns, beta, signs, predictor, lambda);
      beta = beta.map((value, k) => value + move[k]);
      if (beta.some((value, k) => value * signs[k] <= 0)) return false;
      columns.forEach((x, k) => {
        for (let i = 0; i < predictor.length; i++) predictor[i] += move[k] * x[i];
      });
      if (Math.max(0, ...move.map(Math.abs)) > NEWTON_TOLERANCE) continue;
      if (this.wantsIn(predictor, lambda)) return false;
      support.forEach((j, k) => (this.beta[j] = beta[k]));
      this.predictor.set(predictor);
      return true;
    }
    return false;
  }

  /** null where the second derivative cannot be inverted. */
  private factorise(
    columns: readonly Float64Array[],
    predictor: Float64Array,
    lambda: number,
  ): CholeskyDecomposition | null {
    const information = this.likelihood.information(predictor, columns);
    const hessian = Matrix.from1DArray(columns.length, columns.length, information).div(
      this.likelihood.rows,
    );
    const ridge = lambda * (1 - this.alpha);
    columns.forEach((_, k) => hessian.set(k, k, hessian.get(k, k) + ridge));
    const cholesky = new CholeskyDecomposition(hessian);
    return cholesky.isPositiveDefinite() ? cholesky : null;
  }

  private newtonStep(
    factor: CholeskyDecomposition,
    columns: readonly Float64Array[],
    beta: readonly number[],
    signs: readonly number[],
    predictor: Float64Array,
    lambda: number,
  ): number[] {
    if (columns.length === 0) return [];
    const rows = this.likelihood.rows;
    const ridge = lambda * (1 - this.alpha);
    const { gradient } = this.likelihood.derivatives(predictor);
    const slope = columns.map(
      (x, k) => dot(x, gradient) / rows - lambda * this.alpha * signs[k] - ridge * beta[k],
    );
    return factor.solve(Matrix.columnVector(slope)).to1DArray();
  }

  private wantsIn(predictor: Float64Array, lambda: number): boolean {
    const { gradient } = this.likelihood.derivatives(predictor);
    const bound = this.alpha * lambda * (1 + 1e-9) * this.likelihood.rows;
    return [...this.working].some(
      (j) => this.beta[j] === 0 && Math.abs(dot(this.covariates[j], gradient)) > bound,
    );
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

function weightedSquares(x: Float64Array, weight: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += weight[i] * x[i] * x[i];
  return sum;
}

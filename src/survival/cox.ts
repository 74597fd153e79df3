/**
 * Cox proportional hazards regression by Newton-Raphson on the partial likelihood.
 * Reference: Cox 1972; ties by Efron 1977 or Breslow 1974; results as R survival::coxph.
 */
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { InputError } from '../chain/errors';
import { timeGroups, timeOrder, type SurvivalData } from './data';

export type Ties = 'efron' | 'breslow';

export interface CoxFit {
  readonly ties: Ties;
  readonly patients: number;
  readonly events: number;
  readonly coefficients: readonly number[];
  readonly standardErrors: readonly number[];
  readonly means: readonly number[];
  readonly logLikelihood: { readonly null: number; readonly model: number };
  readonly tests: {
    readonly likelihoodRatio: number;
    readonly wald: number;
    readonly score: number;
  };
  readonly iterations: number;
}

interface Derivatives {
  readonly logLikelihood: number;
  readonly gradient: Float64Array;
  readonly information: Matrix;
}

const MAX_ITERATIONS = 50;
const RELATIVE_TOLERANCE = 1e-12;
/** A standardised log hazard ratio beyond this means that the covariate separates the events. */
const SEPARATION_LIMIT = 15;

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
  const sorted = prepare(data, centred);
  const zero = new Float64Array(covariates.length);
  const atZero = derivatives(sorted, zero, ties);
  const { beta, fit, iterations } = maximise(sorted, atZero, names, ties);
  const covariance = invert(fit.information, names);
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

interface Sorted {
  readonly rows: readonly Float64Array[];
  readonly event: readonly number[];
  readonly groups: readonly [number, number][];
}

function prepare(data: SurvivalData, covariates: readonly Float64Array[]): Sorted {
  const order = timeOrder(data);
  return {
    rows: order.map((row) => Float64Array.from(covariates, (values) => values[row])),
    event: order.map((row) => data.event[row]),
    groups: timeGroups(data, order),
  };
}

function maximise(
  sorted: Sorted,
  start: Derivatives,
  names: readonly string[],
  ties: Ties,
): { beta: Float64Array; fit: Derivatives; iterations: number } {
  let beta: Float64Array = new Float64Array(names.length);
  let fit = start;
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
    requireFinite(beta, names);
    if (change <= RELATIVE_TOLERANCE * Math.abs(fit.logLikelihood)) {
      return { beta, fit, iterations: iteration };
    }
  }
  throw new InputError(
    'MODEL_FIT',
    `The Cox model of ${names.join(', ')} did not converge in ${MAX_ITERATIONS} steps: use fewer covariates.`,
  );
}

function requireFinite(beta: Float64Array, names: readonly string[]): void {
  const j = beta.findIndex((value) => !(Math.abs(value) < SEPARATION_LIMIT));
  if (j >= 0) {
    throw new InputError(
      'MODEL_FIT',
      `The covariate ${names[j]} separates the events from the rest, so its hazard ratio has no finite estimate: leave it out or use a penalised model.`,
    );
  }
}

/** Log partial likelihood, gradient and observed information, in one pass from the last time to the first. */
function derivatives(sorted: Sorted, beta: Float64Array, ties: Ties): Derivatives {
  const p = beta.length;
  const gradient = new Float64Array(p);
  const information = new Float64Array(p * p);
  const risk = new RiskSums(p);
  let logLikelihood = 0;
  for (let g = sorted.groups.length - 1; g >= 0; g--) {
    const [start, end] = sorted.groups[g];
    const dying = new RiskSums(p);
    let deaths = 0;
    for (let k = start; k < end; k++) {
      const x = sorted.rows[k];
      let predictor = 0;
      for (let j = 0; j < p; j++) predictor += beta[j] * x[j];
      const weight = Math.exp(predictor);
      risk.add(x, weight);
      if (sorted.event[k] === 0) continue;
      deaths++;
      dying.add(x, weight);
      logLikelihood += predictor;
      for (let j = 0; j < p; j++) gradient[j] += x[j];
    }
    for (let death = 0; death < deaths; death++) {
      const share = ties === 'efron' ? death / deaths : 0;
      logLikelihood -= Math.log(risk.s0 - share * dying.s0);
      subtractMoments(gradient, information, risk, dying, share);
    }
  }
  return { logLikelihood, gradient, information: Matrix.from1DArray(p, p, information) };
}

function subtractMoments(
  gradient: Float64Array,
  information: Float64Array,
  risk: RiskSums,
  dying: RiskSums,
  share: number,
): void {
  const p = gradient.length;
  const s0 = risk.s0 - share * dying.s0;
  for (let a = 0; a < p; a++) {
    const meanA = (risk.s1[a] - share * dying.s1[a]) / s0;
    gradient[a] -= meanA;
    for (let b = 0; b <= a; b++) {
      const meanB = (risk.s1[b] - share * dying.s1[b]) / s0;
      const second = (risk.s2[a * p + b] - share * dying.s2[a * p + b]) / s0;
      information[a * p + b] += second - meanA * meanB;
      if (a !== b) information[b * p + a] = information[a * p + b];
    }
  }
}

/** Weighted sums of 1, x and x x' over a risk set. */
class RiskSums {
  s0 = 0;
  readonly s1: Float64Array;
  readonly s2: Float64Array;

  constructor(private readonly size: number) {
    this.s1 = new Float64Array(size);
    this.s2 = new Float64Array(size * size);
  }

  add(x: Float64Array, weight: number): void {
    this.s0 += weight;
    for (let a = 0; a < this.size; a++) {
      this.s1[a] += weight * x[a];
      for (let b = 0; b <= a; b++) this.s2[a * this.size + b] += weight * x[a] * x[b];
    }
  }
}

function invert(information: Matrix, names: readonly string[]): Matrix {
  const cholesky = new CholeskyDecomposition(information);
  if (!cholesky.isPositiveDefinite()) {
    throw new InputError(
      'MODEL_FIT',
      `The covariates ${names.join(', ')} are not independent of one another: leave one out.`,
    );
  }
  return cholesky.solve(Matrix.eye(information.rows));
}

/**
 * Cox's log partial likelihood of several covariates with its derivatives, ties by Breslow 1974 or
 * Efron 1977 (Therneau and Grambsch 2000, section 3.3).
 */
import { Matrix } from 'ml-matrix';
import { timeGroups, timeOrder, type SurvivalData } from './data';

export type Ties = 'efron' | 'breslow';

export interface Derivatives {
  readonly logLikelihood: number;
  readonly gradient: Float64Array;
  readonly information: Matrix;
}

/** Rows by ascending time. */
export interface SortedRows {
  readonly rows: readonly Float64Array[];
  readonly event: readonly number[];
  readonly groups: readonly [number, number][];
}

export function sortRows(data: SurvivalData, covariates: readonly Float64Array[]): SortedRows {
  const order = timeOrder(data);
  return {
    rows: order.map((row) => Float64Array.from(covariates, (values) => values[row])),
    event: order.map((row) => data.event[row]),
    groups: timeGroups(data, order),
  };
}

/** Log partial likelihood, gradient and observed information, in one pass from the last time to the first. */
export function derivatives(sorted: SortedRows, beta: Float64Array, ties: Ties): Derivatives {
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

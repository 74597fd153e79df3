import { timeGroups, timeOrder, type SurvivalData } from './data';

export interface PredictorDerivatives {
  /** First derivative of log PL with respect to each row's linear predictor. */
  readonly gradient: Float64Array;
  /** Minus the diagonal of the second derivative, never negative. */
  readonly weight: Float64Array;
}

/** Cox's log partial likelihood with Breslow's ties, as a function of the linear predictor. */
export class PartialLikelihood {
  readonly rows: number;
  readonly events: number;
  readonly nullDeviance: number;
  private readonly order: readonly number[];
  private readonly groups: readonly [number, number][];
  private readonly deaths: readonly number[];
  private readonly saturated: number;

  constructor(private readonly data: SurvivalData) {
    this.rows = data.time.length;
    this.events = data.event.reduce((sum, value) => sum + value, 0);
    this.order = timeOrder(data);
    this.groups = timeGroups(data, this.order);
    this.deaths = this.groups.map(([start, end]) => {
      let deaths = 0;
      for (let k = start; k < end; k++) deaths += data.event[this.order[k]];
      return deaths;
    });
    // The best that any predictor could reach with Breslow's ties.
    this.saturated = this.deaths.reduce((sum, d) => (d > 1 ? sum - d * Math.log(d) : sum), 0);
    this.nullDeviance = this.deviance(new Float64Array(this.rows));
  }

  logLikelihood(predictor: Float64Array): number {
    let atRisk = 0;
    let sum = 0;
    for (let g = this.groups.length - 1; g >= 0; g--) {
      const [start, end] = this.groups[g];
      for (let k = start; k < end; k++) {
        const row = this.order[k];
        atRisk += Math.exp(predictor[row]);
        if (this.data.event[row] === 1) sum += predictor[row];
      }
      if (this.deaths[g] > 0) sum -= this.deaths[g] * Math.log(atRisk);
    }
    return sum;
  }

  /** 2 (saturated - log PL), as glmnet's deviance. */
  deviance(predictor: Float64Array): number {
    return 2 * (this.saturated - this.logLikelihood(predictor));
  }

  derivatives(predictor: Float64Array): PredictorDerivatives {
    const { order, groups, deaths } = this;
    const event = this.data.event;
    const share = new Float64Array(this.rows);
    const risk = new Float64Array(groups.length);
    let atRisk = 0;
    for (let g = groups.length - 1; g >= 0; g--) {
      const [start, end] = groups[g];
      for (let k = start; k < end; k++) atRisk += share[k] = Math.exp(predictor[order[k]]);
      risk[g] = atRisk;
    }
    const gradient = new Float64Array(this.rows);
    const weight = new Float64Array(this.rows);
    let hazard = 0;
    let hazardSquared = 0;
    for (let g = 0; g < groups.length; g++) {
      const increment = deaths[g] / risk[g];
      hazard += increment;
      hazardSquared += increment / risk[g];
      const [start, end] = groups[g];
      for (let k = start; k < end; k++) {
        const row = order[k];
        const expected = share[k] * hazard;
        gradient[row] = event[row] - expected;
        weight[row] = Math.max(0, expected - share[k] * share[k] * hazardSquared);
      }
    }
    return { gradient, weight };
  }

  /**
   * Minus the second derivative of log PL with respect to the coefficients of `columns`, row-major:
   * each row's x x' weighted by the hazard it went through, less d m m' for every event time, where
   * m is the mean of x at risk.
   */
  information(predictor: Float64Array, columns: readonly Float64Array[]): Float64Array {
    const p = columns.length;
    const share = predictor.map(Math.exp);
    const information = new Float64Array(p * p);
    const x = new Float64Array(p);
    const sum = new Float64Array(p);
    let atRisk = 0;
    const risk = new Float64Array(this.groups.length);
    for (let g = this.groups.length - 1; g >= 0; g--) {
      const [start, end] = this.groups[g];
      for (let k = start; k < end; k++) {
        const row = this.order[k];
        atRisk += share[row];
        for (let a = 0; a < p; a++) sum[a] += share[row] * columns[a][row];
      }
      risk[g] = atRisk;
      if (this.deaths[g] === 0) continue;
      for (let a = 0; a < p; a++) x[a] = sum[a] / atRisk;
      addOuterProduct(information, x, -this.deaths[g]);
    }
    let hazard = 0;
    for (let g = 0; g < this.groups.length; g++) {
      hazard += this.deaths[g] / risk[g];
      const [start, end] = this.groups[g];
      for (let k = start; k < end; k++) {
        const row = this.order[k];
        for (let a = 0; a < p; a++) x[a] = columns[a][row];
        addOuterProduct(information, x, share[row] * hazard);
      }
    }
    for (let a = 0; a < p; a++) {
      for (let b = 0; b < a; b++) information[b * p + a] = information[a * p + b];
    }
    return information;
  }
}

/** Lower triangle only. */
function addOuterProduct(matrix: Float64Array, x: Float64Array, weight: number): void {
  const p = x.length;
  for (let a = 0; a < p; a++) {
    const scaled = weight * x[a];
    const offset = a * p;
    for (let b = 0; b <= a; b++) matrix[offset + b] += scaled * x[b];
  }
}

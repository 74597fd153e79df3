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
  private readonly order: Int32Array;
  /** Group g of equal times: `order` from start[g] to start[g + 1]. */
  private readonly start: Int32Array;
  private readonly deaths: Int32Array;
  private readonly saturated: number;
  private readonly share: Float64Array;
  private readonly risk: Float64Array;

  constructor(private readonly data: SurvivalData) {
    this.rows = data.time.length;
    this.events = data.event.reduce((sum, value) => sum + value, 0);
    const order = timeOrder(data);
    const groups = timeGroups(data, order);
    this.order = Int32Array.from(order);
    this.start = Int32Array.from([...groups.map(([start]) => start), order.length]);
    this.deaths = Int32Array.from(groups, ([start, end]) =>
      order.slice(start, end).reduce((sum, row) => sum + data.event[row], 0),
    );
    this.share = new Float64Array(order.length);
    this.risk = new Float64Array(groups.length);
    // The best that any predictor could reach with Breslow's ties.
    this.saturated = this.deaths.reduce((sum, d) => (d > 1 ? sum - d * Math.log(d) : sum), 0);
    this.nullDeviance = this.deviance(new Float64Array(this.rows));
  }

  logLikelihood(predictor: Float64Array): number {
    const { order, start, deaths } = this;
    const event = this.data.event;
    let atRisk = 0;
    let sum = 0;
    for (let g = deaths.length - 1; g >= 0; g--) {
      for (let k = start[g]; k < start[g + 1]; k++) {
        const row = order[k];
        atRisk += Math.exp(predictor[row]);
        if (event[row] === 1) sum += predictor[row];
      }
      if (deaths[g] > 0) sum -= deaths[g] * Math.log(atRisk);
    }
    return sum;
  }

  /** 2 (saturated - log PL), as glmnet's deviance. */
  deviance(predictor: Float64Array): number {
    return 2 * (this.saturated - this.logLikelihood(predictor));
  }

  derivatives(predictor: Float64Array): PredictorDerivatives {
    const { order, start, deaths, share, risk } = this;
    const event = this.data.event;
    this.fillRiskSets(predictor);
    const gradient = new Float64Array(this.rows);
    const weight = new Float64Array(this.rows);
    let hazard = 0;
    let hazardSquared = 0;
    for (let g = 0; g < deaths.length; g++) {
      const increment = deaths[g] / risk[g];
      hazard += increment;
      hazardSquared += increment / risk[g];
      for (let k = start[g]; k < start[g + 1]; k++) {
        const row = order[k];
        const expected = share[k] * hazard;
        gradient[row] = event[row] - expected;
        weight[row] = Math.max(0, expected - share[k] * share[k] * hazardSquared);
      }
    }
    return { gradient, weight };
  }

  /** The first derivative alone, written into `gradient`. */
  gradientInto(gradient: Float64Array, predictor: Float64Array): void {
    const { order, start, deaths, share, risk } = this;
    const event = this.data.event;
    this.fillRiskSets(predictor);
    let hazard = 0;
    for (let g = 0; g < deaths.length; g++) {
      hazard += deaths[g] / risk[g];
      for (let k = start[g]; k < start[g + 1]; k++) {
        gradient[order[k]] = event[order[k]] - share[k] * hazard;
      }
    }
  }

  /**
   * Minus the second derivative of log PL with respect to the coefficients of `columns`, row-major:
   * each row's x x' weighted by the hazard it went through, less d m m' for every event time, where
   * m is the mean of x at risk. Written as one sum over event times and rows for each entry, so that
   * the inner loops run over contiguous numbers.
   */
  information(predictor: Float64Array, columns: readonly Float64Array[]): Float64Array {
    const { order, rows, start, deaths, share, risk } = this;
    const p = columns.length;
    this.fillRiskSets(predictor);
    const eventGroups = deaths.reduce((count, d) => (d > 0 ? count + 1 : count), 0);
    // For each column: its means at risk from the last event time to the first, then its values.
    const width = eventGroups + rows;
    const terms = new Float64Array(p * width);
    const weights = new Float64Array(width);
    for (let a = 0; a < p; a++) {
      const x = columns[a];
      let sum = 0;
      let e = a * width;
      for (let g = deaths.length - 1; g >= 0; g--) {
        for (let k = start[g]; k < start[g + 1]; k++) sum += share[k] * x[order[k]];
        if (deaths[g] > 0) terms[e++] = sum / risk[g];
      }
      for (let k = 0; k < rows; k++) terms[e++] = x[order[k]];
    }
    let e = eventGroups;
    let hazard = 0;
    for (let g = 0; g < deaths.length; g++) {
      hazard += deaths[g] / risk[g];
      for (let k = start[g]; k < start[g + 1]; k++) weights[eventGroups + k] = share[k] * hazard;
      if (deaths[g] > 0) weights[--e] = -deaths[g];
    }
    return weightedProducts(terms, weights, p);
  }

  /** exp(predictor) in the order of time, and its sum over each risk set. */
  private fillRiskSets(predictor: Float64Array): void {
    const { order, start, share, risk } = this;
    let atRisk = 0;
    for (let g = risk.length - 1; g >= 0; g--) {
      for (let k = start[g]; k < start[g + 1]; k++) {
        atRisk += share[k] = Math.exp(predictor[order[k]]);
      }
      risk[g] = atRisk;
    }
  }
}

/** X W X' of `p` rows of terms, symmetric, row-major. */
function weightedProducts(terms: Float64Array, weights: Float64Array, p: number): Float64Array {
  const width = weights.length;
  const products = new Float64Array(p * p);
  const scaled = new Float64Array(width);
  for (let a = 0; a < p; a++) {
    const own = a * width;
    for (let i = 0; i < width; i++) scaled[i] = weights[i] * terms[own + i];
    let b = 0;
    // Four sums at a time, because each waits for its last addition.
    for (; b + 3 <= a; b += 4) {
      const o0 = b * width;
      const o1 = o0 + width;
      const o2 = o1 + width;
      const o3 = o2 + width;
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let i = 0; i < width; i++) {
        const value = scaled[i];
        s0 += value * terms[o0 + i];
        s1 += value * terms[o1 + i];
        s2 += value * terms[o2 + i];
        s3 += value * terms[o3 + i];
      }
      products.set([s0, s1, s2, s3], a * p + b);
    }
    for (; b <= a; b++) {
      const other = b * width;
      let sum = 0;
      for (let i = 0; i < width; i++) sum += scaled[i] * terms[other + i];
      products[a * p + b] = sum;
    }
    for (b = 0; b < a; b++) products[b * p + a] = products[a * p + b];
  }
  return products;
}

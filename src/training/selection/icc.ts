/**
 * Intraclass correlation of one feature measured several times in each patient: by several people's
 * contours, or on repeated scans. Single measurements of a two-way layout with 95 % limits:
 * ICC(2,1), absolute agreement, and ICC(3,1), consistency (Shrout and Fleiss 1979; the limits as in
 * McGraw and Wong 1996, table 7, where they are called ICC(A,1) and ICC(C,1)).
 */
import fQuantile from '@stdlib/stats-base-dists-f-quantile';

export type IccForm = 'ICC(2,1)' | 'ICC(3,1)';

export interface Icc {
  readonly icc: number;
  readonly interval: readonly [number, number];
}

const UPPER = 0.975;

/**
 * @param measured `[patient][repeat]`, at least two of each, no gaps
 * @returns NaN where the feature is the same in all patients
 */
export function intraclassCorrelation(
  measured: readonly (readonly number[])[],
  form: IccForm,
): Icc {
  const squares = meanSquares(measured);
  return form === 'ICC(2,1)' ? agreement(squares) : consistency(squares);
}

interface MeanSquares {
  readonly n: number;
  readonly k: number;
  readonly patients: number;
  readonly repeats: number;
  readonly error: number;
}

function meanSquares(measured: readonly (readonly number[])[]): MeanSquares {
  const n = measured.length;
  const k = measured[0].length;
  const rowMeans = measured.map(mean);
  const columnMeans = Array.from({ length: k }, (_, j) => mean(measured.map((row) => row[j])));
  const overall = mean(rowMeans);
  const spread = (means: readonly number[]): number =>
    means.reduce((sum, value) => sum + (value - overall) ** 2, 0) / (means.length - 1);
  let error = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      error += (measured[i][j] - rowMeans[i] - columnMeans[j] + overall) ** 2;
    }
  }
  return {
    n,
    k,
    patients: k * spread(rowMeans),
    repeats: n * spread(columnMeans),
    error: error / ((n - 1) * (k - 1)),
  };
}

function agreement({ n, k, patients, repeats, error }: MeanSquares): Icc {
  const icc = (patients - error) / (patients + (k - 1) * error + (k * (repeats - error)) / n);
  if (error === 0 && repeats === 0) return { icc, interval: [icc, icc] };
  const a = (k * icc) / (n * (1 - icc));
  const b = 1 + (k * icc * (n - 1)) / (n * (1 - icc));
  // Satterthwaite's degrees of freedom of a * repeats + b * error.
  const freedom =
    (a * repeats + b * error) ** 2 /
    ((a * repeats) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)));
  const lower = fQuantile(UPPER, n - 1, freedom);
  const upper = fQuantile(UPPER, freedom, n - 1);
  const rest = k * repeats + (k * n - k - n) * error;
  return {
    icc,
    interval: [
      (n * (patients - lower * error)) / (lower * rest + n * patients),
      (n * (upper * patients - error)) / (rest + n * upper * patients),
    ],
  };
}

function consistency({ n, k, patients, error }: MeanSquares): Icc {
  const icc = (patients - error) / (patients + (k - 1) * error);
  if (error === 0) return { icc, interval: [icc, icc] };
  const freedom = (n - 1) * (k - 1);
  const ratio = patients / error;
  const lower = ratio / fQuantile(UPPER, n - 1, freedom);
  const upper = ratio * fQuantile(UPPER, freedom, n - 1);
  return { icc, interval: [(lower - 1) / (lower + k - 1), (upper - 1) / (upper + k - 1)] };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

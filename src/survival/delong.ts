/** Areas under two ROC curves of a binary outcome and their difference (DeLong 1988; as pROC). */
import { normalTwoSidedP } from './distributions';

export interface DeLong {
  readonly auc: readonly [number, number];
  readonly variance: readonly [number, number];
  readonly covariance: number;
  readonly z: number;
  readonly p: number;
}

/**
 * @param outcome 1 case, 0 control
 * @param scores two scores of the same rows; a higher value means a case
 */
export function delong(
  outcome: readonly number[],
  scores: readonly [readonly number[], readonly number[]],
): DeLong {
  const cases = outcome.flatMap((value, row) => (value === 1 ? [row] : []));
  const controls = outcome.flatMap((value, row) => (value === 0 ? [row] : []));
  const [a, b] = scores.map((score) => components(score, cases, controls));
  const covariance = (first: Components, second: Components): number =>
    sampleCovariance(first.cases, second.cases) / cases.length +
    sampleCovariance(first.controls, second.controls) / controls.length;
  const variance: [number, number] = [covariance(a, a), covariance(b, b)];
  const shared = covariance(a, b);
  const z = (a.auc - b.auc) / Math.sqrt(variance[0] + variance[1] - 2 * shared);
  return { auc: [a.auc, b.auc], variance, covariance: shared, z, p: normalTwoSidedP(z) };
}

interface Components {
  readonly auc: number;
  /** Of each case: the share of controls that it outranks. */
  readonly cases: readonly number[];
  /** Of each control: the share of cases that outrank it. */
  readonly controls: readonly number[];
}

function components(
  score: readonly number[],
  cases: readonly number[],
  controls: readonly number[],
): Components {
  const outranks = (i: number, j: number): number =>
    score[i] > score[j] ? 1 : score[i] === score[j] ? 0.5 : 0;
  const ofCases = cases.map((i) => average(controls.map((j) => outranks(i, j))));
  const ofControls = controls.map((j) => average(cases.map((i) => outranks(i, j))));
  return { auc: average(ofCases), cases: ofCases, controls: ofControls };
}

function sampleCovariance(a: readonly number[], b: readonly number[]): number {
  const meanA = average(a);
  const meanB = average(b);
  return a.reduce((sum, value, k) => sum + (value - meanA) * (b[k] - meanB), 0) / (a.length - 1);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

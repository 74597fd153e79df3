import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { InputError } from '../chain/errors';
import { timeGroups, timeOrder, type SurvivalData } from './data';
import { chiSquaredUpperP } from './distributions';

export interface LogRank {
  /** In ascending order of the group values. */
  readonly groups: readonly number[];
  readonly sizes: readonly number[];
  readonly observed: readonly number[];
  readonly expected: readonly number[];
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

/**
 * Log-rank test of two or more groups (Mantel 1966; R survival::survdiff with rho 0).
 * @param group any number that names the group of each row
 */
export function logRank(data: SurvivalData, group: readonly number[]): LogRank {
  const groups = [...new Set(group)].sort((a, b) => a - b);
  const count = groups.length;
  if (count < 2) {
    throw new InputError(
      'TABLE_INVALID',
      'All rows are in one group: a log-rank test needs at least two groups.',
    );
  }
  const index = group.map((value) => groups.indexOf(value));
  const sizes = groups.map((_, g) => index.filter((value) => value === g).length);
  const order = timeOrder(data);
  const atRisk = [...sizes];
  const observed = groups.map(() => 0);
  const expected = groups.map(() => 0);
  const variance = Matrix.zeros(count, count);
  for (const [start, end] of timeGroups(data, order)) {
    const total = order.length - start;
    let deaths = 0;
    for (let k = start; k < end; k++) {
      if (data.event[order[k]] === 0) continue;
      deaths++;
      observed[index[order[k]]]++;
    }
    if (deaths > 0) {
      for (let g = 0; g < count; g++) expected[g] += (deaths * atRisk[g]) / total;
      addHypergeometricVariance(variance, atRisk, total, deaths);
    }
    for (let k = start; k < end; k++) atRisk[index[order[k]]]--;
  }
  const chiSquared = statistic(observed, expected, variance);
  return {
    groups,
    sizes,
    observed,
    expected,
    chiSquared,
    degreesOfFreedom: count - 1,
    p: chiSquaredUpperP(chiSquared, count - 1),
  };
}

function addHypergeometricVariance(
  variance: Matrix,
  atRisk: readonly number[],
  total: number,
  deaths: number,
): void {
  if (total < 2) return;
  const factor = (deaths * (total - deaths)) / (total - 1);
  for (let a = 0; a < atRisk.length; a++) {
    for (let b = 0; b < atRisk.length; b++) {
      const shareA = atRisk[a] / total;
      const shareB = atRisk[b] / total;
      variance.set(a, b, variance.get(a, b) + factor * ((a === b ? shareA : 0) - shareA * shareB));
    }
  }
}

/** The differences sum to zero, so the last group is left out. */
function statistic(
  observed: readonly number[],
  expected: readonly number[],
  variance: Matrix,
): number {
  const last = observed.length - 1;
  const difference = Matrix.columnVector(
    observed.slice(0, last).map((value, g) => value - expected[g]),
  );
  const cholesky = new CholeskyDecomposition(variance.subMatrix(0, last - 1, 0, last - 1));
  if (!cholesky.isPositiveDefinite()) return 0;
  return difference.transpose().mmul(cholesky.solve(difference)).get(0, 0);
}

/**
 * Cumulative/dynamic area under the ROC curve at a horizon, weighted for censoring (Uno 2007;
 * Blanche 2013), with influence-function standard errors and tests (as riskRegression::Score).
 */
import { InputError } from '../chain/errors';
import type { SurvivalData } from './data';
import { normalTwoSidedP, Z_975 } from './distributions';
import { horizonWeights, influenceStandardError, withEstimatedWeights } from './inverseWeights';

export interface TimeDependentAuc {
  readonly horizon: number;
  readonly auc: number;
  readonly standardError: number;
  /** Clipped to 0..1. */
  readonly interval: readonly [number, number];
  readonly influence: readonly number[];
}

/**
 * @param score a higher value means an earlier event
 * @throws InputError TABLE_INVALID when nobody had the event by the horizon or nobody was followed beyond it
 */
export function timeDependentAuc(
  data: SurvivalData,
  score: readonly number[],
  horizon: number,
): TimeDependentAuc {
  const weights = horizonWeights(data, horizon);
  const cases = rowsWhere(weights.isCase);
  const controls = rowsWhere(weights.isControl);
  if (cases.length === 0 || controls.length === 0) {
    throw new InputError(
      'TABLE_INVALID',
      `No AUC at ${horizon}: ${cases.length} rows had the event by then and ${controls.length} were followed beyond it; choose a horizon inside the follow-up.`,
    );
  }
  const rows = data.time.length;
  const total = sumOf(cases, weights.weight) * sumOf(controls, weights.weight);
  let ordered = 0;
  forPairs(cases, controls, score, (i, j, credit) => {
    ordered += weights.weight[i] * weights.weight[j] * credit;
  });
  const auc = ordered / total;
  const own = new Float64Array(rows);
  forPairs(cases, controls, score, (i, j, credit) => {
    const term = (rows * weights.weight[i] * weights.weight[j] * (credit - auc)) / total;
    own[i] += term;
    own[j] += term;
  });
  const influence = withEstimatedWeights(data, weights, [...own], [...own]);
  const standardError = influenceStandardError(influence);
  return {
    horizon,
    auc,
    standardError,
    interval: [Math.max(0, auc - Z_975 * standardError), Math.min(1, auc + Z_975 * standardError)],
    influence,
  };
}

export interface Contrast {
  readonly difference: number;
  readonly standardError: number;
  readonly interval: readonly [number, number];
  readonly p: number;
}

/** `a - b` of two AUCs of the same rows at the same horizon. */
export function compareAuc(a: TimeDependentAuc, b: TimeDependentAuc): Contrast {
  const difference = a.auc - b.auc;
  const standardError = influenceStandardError(
    a.influence.map((value, row) => value - b.influence[row]),
  );
  return {
    difference,
    standardError,
    interval: [difference - Z_975 * standardError, difference + Z_975 * standardError],
    p: normalTwoSidedP(difference / standardError),
  };
}

function rowsWhere(flags: readonly boolean[]): number[] {
  return flags.flatMap((flag, row) => (flag ? [row] : []));
}

function sumOf(rows: readonly number[], values: readonly number[]): number {
  return rows.reduce((sum, row) => sum + values[row], 0);
}

function forPairs(
  cases: readonly number[],
  controls: readonly number[],
  score: readonly number[],
  visit: (caseRow: number, controlRow: number, credit: number) => void,
): void {
  for (const i of cases) {
    for (const j of controls) {
      visit(i, j, score[i] > score[j] ? 1 : score[i] === score[j] ? 0.5 : 0);
    }
  }
}

/**
 * One signature from prepared features to coefficients: filters, mRMR, LASSO-Cox. All of it, and
 * the preparation before it, happens inside every resample, so that its optimism can be measured.
 */
import { crossValidatePath } from '../survival/crossValidatePath';
import type { SurvivalData } from '../survival/data';
import { penalisedPath, penaltySequence } from '../survival/penalisedCox';
import { harmonisedValue, type Prepared, type TrainingTable } from './prepare';
import { patientFolds, seededRandom, type Random } from './random';
import { mrmr } from './selection/mrmr';
import { strongestFirst, uncorrelated } from './selection/screen';

export interface SelectionSettings {
  /** Candidates with a larger p alone are left out. */
  readonly univariableP: number;
  /** At least so many go on, the most associated first, whatever their p. */
  readonly minimumCandidates: number;
  readonly maximumSpearman: number;
  /** So many by mRMR before the penalised model; null: all that are left. */
  readonly mrmr: number | null;
  readonly alpha: number;
  readonly folds: number;
  /** Penalties tried, evenly on the log scale. */
  readonly penalties: number;
  readonly lambda: 'min' | 'oneSe';
}

export const DEFAULT_SELECTION: SelectionSettings = {
  univariableP: 0.05,
  minimumCandidates: 10,
  maximumSpearman: 0.9,
  mrmr: 30,
  alpha: 1,
  folds: 10,
  penalties: 50,
  lambda: 'min',
};

/** Penalties clearly worse than the best before the search ends. */
const PATIENCE = 5;

export interface SelectedFeature {
  /** Number of the column in the table. */
  readonly column: number;
  /** Position among the prepared columns. */
  readonly index: number;
  readonly coefficient: number;
}

export interface FittedSignature {
  readonly features: readonly SelectedFeature[];
  readonly lambda: number;
  /** Usable columns of the signature. */
  readonly candidates: number;
  /** Those that reached the penalised model. */
  readonly screened: number;
}

/** @param members columns of the table that the signature may use */
export function fitSignature(
  prepared: Prepared,
  members: ReadonlySet<number>,
  selection: SelectionSettings,
  random: Random,
): FittedSignature {
  const candidates = [...prepared.usable.keys()].filter((k) => members.has(prepared.usable[k]));
  const chosen = filter(prepared, candidates, selection);
  const counts = { candidates: candidates.length, screened: chosen.length };
  if (chosen.length === 0) return { features: [], lambda: 0, ...counts };
  const columns = chosen.map((k) => prepared.values[k]);
  const penalties = { alpha: selection.alpha, steps: selection.penalties };
  const lambdas = penaltySequence(prepared.data, columns, penalties);
  const choice = crossValidatePath(
    prepared.data,
    columns,
    lambdas,
    patientFolds(prepared.data.event, prepared.patient, selection.folds, random),
    'deviance',
    { alpha: selection.alpha, patience: PATIENCE },
  );
  const lambda = selection.lambda === 'min' ? choice.lambdaMin : choice.lambdaOneSe;
  const coefficients = coefficientsAt(prepared.data, columns, lambdas, lambda, selection.alpha);
  const features = [...coefficients].map(([position, coefficient]) => {
    const index = chosen[position];
    return { column: prepared.usable[index], index, coefficient };
  });
  return { features, lambda, ...counts };
}

/** RPRS of each patient: the weighted sum of harmonised, z-scored features. */
export function signatureScore(
  fit: FittedSignature,
  prepared: Prepared,
  table: TrainingTable,
): number[] {
  return table.batch.map((batch, row) =>
    fit.features.reduce((sum, { column, index, coefficient }) => {
      const raw = table.columns[column][row];
      if (Number.isNaN(raw)) return sum;
      const { mean, sd } = prepared.columns[index];
      return (
        sum + (coefficient * (harmonisedValue(prepared.combat, raw, index, batch) - mean)) / sd
      );
    }, 0),
  );
}

/** Every signature and resample gets its own stream of one seed. */
export function signatureRandom(seed: number, signature: number, resample: number): Random {
  return seededRandom(seed, signature * 100_003 + resample);
}

/** Down the path with warm starts, no further than needed. */
function coefficientsAt(
  data: SurvivalData,
  columns: readonly Float64Array[],
  lambdas: readonly number[],
  lambda: number,
  alpha: number,
): ReadonlyMap<number, number> {
  for (const step of penalisedPath(data, columns, { alpha, lambdas })) {
    if (step.lambda === lambda) return step.coefficients;
  }
  throw new Error('the chosen penalty is not on its own path');
}

/** Positions among the prepared columns. */
function filter(
  prepared: Prepared,
  candidates: readonly number[],
  settings: SelectionSettings,
): number[] {
  const ordered = strongestFirst(candidates.map((k) => prepared.associations[k]));
  const associated = ordered.filter(({ p }) => p < settings.univariableP).length;
  const going = ordered.slice(0, Math.max(associated, settings.minimumCandidates));
  if (settings.mrmr !== null) {
    return mrmr(prepared.ranks, going, settings.mrmr, settings.maximumSpearman);
  }
  const order = going.map(({ candidate }) => candidate);
  return uncorrelated(prepared.ranks, order, settings.maximumSpearman);
}

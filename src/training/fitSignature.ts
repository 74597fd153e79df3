/**
 * One signature from raw features to coefficients: harmonise, z-score, filter, LASSO-Cox. All of
 * it happens inside every resample, so that its optimism can be measured.
 */
import { fitCombat, type CombatFit, type CombatVariant } from '../harmonise/fitCombat';
import { crossValidatePath } from '../survival/crossValidatePath';
import type { SurvivalData } from '../survival/data';
import { fitPenalisedPath } from '../survival/penalisedCox';
import { seededRandom, stratifiedFolds, type Random } from './random';
import { mrmr } from './selection/mrmr';
import { uncorrelated, univariable, varying, type Columns } from './selection/screen';

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
  readonly lambda: 'min' | 'oneSe';
}

export const DEFAULT_SELECTION: SelectionSettings = {
  univariableP: 0.05,
  minimumCandidates: 10,
  maximumSpearman: 0.9,
  mrmr: 30,
  alpha: 1,
  folds: 10,
  lambda: 'min',
};

export interface CombatSettings {
  readonly variant: CombatVariant;
  readonly referenceBatch: string | null;
}

/** Patients by features, as they were measured. */
export interface TrainingTable {
  readonly data: SurvivalData;
  /** Scanner batch of each patient. */
  readonly batch: readonly string[];
  readonly columns: Columns;
}

export interface SelectedFeature {
  /** Number of the column. */
  readonly column: number;
  readonly coefficient: number;
  /** After harmonisation; SD with divisor n - 1. */
  readonly mean: number;
  readonly sd: number;
}

export interface FittedSignature {
  readonly features: readonly SelectedFeature[];
  /** null: not harmonised. `order` of its arrays is that of `columns`. */
  readonly combat: CombatFit | null;
  readonly lambda: number;
  /** Candidates that reached the penalised model. */
  readonly candidates: number;
}

export function fitSignature(
  table: TrainingTable,
  selection: SelectionSettings,
  combat: CombatSettings | null,
  random: Random,
): FittedSignature {
  const usable = varying(table.columns);
  const harmonised = harmonise(table, usable, combat);
  const scaled = harmonised.columns.map(zScored);
  const chosen = filter(
    table.data,
    scaled.map(({ values }) => values),
    selection,
  );
  const empty = { features: [], combat: harmonised.fit, lambda: 0, candidates: chosen.length };
  if (chosen.length === 0) return empty;
  const columns = chosen.map((j) => scaled[j].values);
  const path = fitPenalisedPath(table.data, columns, { alpha: selection.alpha });
  const choice = crossValidatePath(
    table.data,
    columns,
    path.map(({ lambda }) => lambda),
    stratifiedFolds(table.data.event, selection.folds, random),
    'deviance',
    { alpha: selection.alpha },
  );
  const lambda = selection.lambda === 'min' ? choice.lambdaMin : choice.lambdaOneSe;
  const step = path.find((candidate) => candidate.lambda === lambda) ?? path[0];
  const features = [...step.coefficients].map(([k, coefficient]) => {
    const { mean, sd } = scaled[chosen[k]];
    return { column: usable[chosen[k]], coefficient, mean, sd };
  });
  return { ...empty, features, lambda };
}

/** RPRS of each patient: the weighted sum of harmonised, z-scored features. */
export function signatureScore(fit: FittedSignature, table: TrainingTable): number[] {
  return table.batch.map((batch, row) =>
    fit.features.reduce((sum, { column, coefficient, mean, sd }) => {
      const value = harmonisedValue(fit.combat, table.columns[column][row], column, batch);
      return sum + (coefficient * (value - mean)) / sd;
    }, 0),
  );
}

export function rowsOf(table: TrainingTable, rows: readonly number[]): TrainingTable {
  return {
    data: {
      time: rows.map((row) => table.data.time[row]),
      event: rows.map((row) => table.data.event[row]),
    },
    batch: rows.map((row) => table.batch[row]),
    columns: table.columns.map((values) => Float64Array.from(rows, (row) => values[row])),
  };
}

/** Every signature of a training gets its own stream of one seed. */
export function signatureRandom(seed: number, signature: number, resample: number): Random {
  return seededRandom(seed, signature * 100_003 + resample);
}

function filter(data: SurvivalData, columns: Columns, settings: SelectionSettings): number[] {
  const associations = univariable(data, columns);
  const associated = associations.filter(({ p }) => p < settings.univariableP).length;
  const going = associations.slice(0, Math.max(associated, settings.minimumCandidates));
  const kept = new Set(
    uncorrelated(
      columns,
      going.map(({ candidate }) => candidate),
      settings.maximumSpearman,
    ),
  );
  const left = going.filter(({ candidate }) => kept.has(candidate));
  return settings.mrmr === null
    ? left.map(({ candidate }) => candidate)
    : mrmr(columns, left, settings.mrmr);
}

interface Harmonised {
  readonly columns: Columns;
  /** Entries of columns that were left out are 0 and 1: they change nothing. */
  readonly fit: CombatFit | null;
}

function harmonise(
  table: TrainingTable,
  usable: readonly number[],
  settings: CombatSettings | null,
): Harmonised {
  const raw = usable.map((j) => table.columns[j]);
  if (settings === null) return { columns: raw, fit: null };
  const values = table.batch.map((_, row) => raw.map((column) => column[row]));
  const fit = spread(fitCombat({ values, batch: table.batch }, settings), usable, table.columns);
  const columns = usable.map((j) =>
    table.columns[j].map((value, row) => harmonisedValue(fit, value, j, table.batch[row])),
  );
  return { columns, fit };
}

/** From the columns that were fitted to all columns. */
function spread(fit: CombatFit, usable: readonly number[], all: Columns): CombatFit {
  const place = (values: readonly number[], rest: number): number[] => {
    const placed = new Array<number>(all.length).fill(rest);
    usable.forEach((j, k) => (placed[j] = values[k]));
    return placed;
  };
  return {
    referenceBatch: fit.referenceBatch,
    grandMean: place(fit.grandMean, 0),
    pooledVariance: place(fit.pooledVariance, 1),
    covariateEffects: [],
    batches: Object.fromEntries(
      Object.entries(fit.batches).map(([name, effect]) => [
        name,
        {
          patients: effect.patients,
          gamma: place(effect.gamma, 0),
          deltaSquared: place(effect.deltaSquared, 1),
        },
      ]),
    ),
  };
}

function harmonisedValue(
  fit: CombatFit | null,
  value: number,
  column: number,
  batch: string,
): number {
  if (fit === null || batch === fit.referenceBatch || !Object.hasOwn(fit.batches, batch)) {
    return value;
  }
  const { gamma, deltaSquared } = fit.batches[batch];
  const scale = Math.sqrt(fit.pooledVariance[column]);
  const z = (value - fit.grandMean[column]) / scale;
  return (scale * (z - gamma[column])) / Math.sqrt(deltaSquared[column]) + fit.grandMean[column];
}

function zScored(values: Float64Array): { values: Float64Array; mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sd = Math.sqrt(squares / (values.length - 1));
  return { values: values.map((value) => (value - mean) / sd), mean, sd };
}

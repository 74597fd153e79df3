/**
 * ComBat: location and scale of each batch, shrunken over the features by empirical Bayes.
 * Reference: Johnson, Li and Rabinovic 2007; step by step as R sva::ComBat (reference batch and
 * mean-only variants included). A batch that comes later is fitted against the frozen reference
 * batch, which gives what fitting all batches together would have given.
 */
import { InputError } from '../chain/errors';
import { shrinkBatch, type CombatVariant } from './combatShrinkage';
import { covariatePart, fitLocation, type Location } from './combatLocation';

export type { CombatVariant } from './combatShrinkage';

export interface CombatInput {
  /** One array of patients for each feature. */
  readonly columns: readonly Float64Array[];
  /** Batch of each patient. */
  readonly batch: readonly string[];
  /** `covariates[patient][covariate]`, effects to keep; never the outcome. */
  readonly covariates?: readonly (readonly number[])[];
}

export interface CombatSettings {
  readonly variant: CombatVariant;
  /** This batch stays as it is, and later batches can be added without changing anything. */
  readonly referenceBatch: string | null;
}

/** Everything that a new patient of a known batch needs. Arrays have one entry for each feature. */
export interface CombatFit extends Location {
  readonly referenceBatch: string | null;
  readonly batches: Readonly<Record<string, BatchEffect>>;
}

export interface BatchEffect {
  readonly patients: number;
  readonly gamma: readonly number[];
  readonly deltaSquared: readonly number[];
}

/** @throws InputError TABLE_INVALID for a batch that is too small or a feature without variance in it */
export function fitCombat(input: CombatInput, settings: CombatSettings): CombatFit {
  const names = [...new Set(input.batch)].sort();
  const members = names.map((name) => input.batch.flatMap((b, row) => (b === name ? [row] : [])));
  refuseUnusable(input, settings, names, members);
  const reference = settings.referenceBatch === null ? -1 : names.indexOf(settings.referenceBatch);
  const location = fitLocation(input, members, reference);
  const features = input.columns.length;
  const batches = names.map((name, b): [string, BatchEffect] => {
    const patients = members[b].length;
    if (name === settings.referenceBatch) {
      const unchanged = { gamma: filled(features, 0), deltaSquared: filled(features, 1) };
      return [name, { patients, ...unchanged }];
    }
    const columns = standardised(input, location, members[b]);
    return [name, { patients, ...shrinkBatch(columns, settings.variant) }];
  });
  return {
    referenceBatch: settings.referenceBatch,
    ...location,
    batches: Object.fromEntries(batches),
  };
}

/** Patients of a new scanner, measured on the features of a fit. */
export type CalibrationSet = Pick<CombatInput, 'columns' | 'covariates'>;

/** What a frozen fit needs to take in a further batch. */
type FrozenFit = Pick<CombatFit, 'referenceBatch' | 'grandMean' | 'pooledVariance'> &
  Partial<Pick<CombatFit, 'covariateEffects'>>;

/**
 * Location and scale of a further batch from a calibration set; nothing of the fit changes, so that
 * every earlier score stays what it was.
 * @throws InputError TABLE_INVALID without a reference batch, or when the set is too small
 */
export function calibrateBatch(
  fit: FrozenFit,
  name: string,
  { columns, covariates }: CalibrationSet,
  variant: CombatVariant,
): BatchEffect {
  if (fit.referenceBatch === null) {
    throw new InputError(
      'TABLE_INVALID',
      `The batch “${name}” cannot be added, because ComBat was fitted without a reference batch: train the model again with one, then later batches leave the others unchanged.`,
    );
  }
  const rows = [...columns[0].keys()];
  if (variant !== 'meanOnly') requireSpread(columns, name, rows);
  const location = { ...fit, covariateEffects: fit.covariateEffects ?? [] };
  const input = { columns, batch: [], ...(covariates ? { covariates } : {}) };
  return {
    patients: rows.length,
    ...shrinkBatch(standardised(input, location, rows), variant),
  };
}

/** z of some patients, one array for each feature. */
function standardised(
  { columns, covariates }: CombatInput,
  location: Location,
  rows: readonly number[],
): Float64Array[] {
  return columns.map((values, g) => {
    const scale = Math.sqrt(location.pooledVariance[g]);
    const centre = location.grandMean[g];
    const z = new Float64Array(rows.length);
    for (let k = 0; k < rows.length; k++) {
      const own = covariates?.[rows[k]];
      z[k] = (values[rows[k]] - centre - covariatePart(location.covariateEffects, own, g)) / scale;
    }
    return z;
  });
}

/**
 * Harmonised values of one patient.
 * @throws InputError TABLE_INVALID when the batch is unknown: one patient cannot be harmonised alone
 */
export function applyCombat(
  fit: CombatFit,
  values: readonly number[],
  batch: string,
  covariates: readonly number[] = [],
): number[] {
  if (batch === fit.referenceBatch) return [...values];
  const effect = Object.hasOwn(fit.batches, batch) ? fit.batches[batch] : undefined;
  if (!effect) {
    throw new InputError(
      'TABLE_INVALID',
      `The batch “${batch}” is not one of the model's (${Object.keys(fit.batches).join(', ')}), and one patient alone cannot be harmonised: add the scanner with a calibration set or choose a known batch.`,
    );
  }
  return values.map((value, g) => {
    const scale = Math.sqrt(fit.pooledVariance[g]);
    const centre = fit.grandMean[g] + covariatePart(fit.covariateEffects, covariates, g);
    const z = (value - centre) / scale;
    return (scale * (z - effect.gamma[g])) / Math.sqrt(effect.deltaSquared[g]) + centre;
  });
}

function refuseUnusable(
  input: CombatInput,
  settings: CombatSettings,
  names: readonly string[],
  members: readonly (readonly number[])[],
): void {
  if (settings.referenceBatch !== null && !names.includes(settings.referenceBatch)) {
    throw new InputError(
      'TABLE_INVALID',
      `The reference batch “${settings.referenceBatch}” has no patient; batches are ${names.join(', ')}.`,
    );
  }
  if (names.length < 2) {
    throw new InputError(
      'TABLE_INVALID',
      'All patients are of one batch: there is nothing to harmonise.',
    );
  }
  if (settings.variant === 'meanOnly') return;
  for (const [b, rows] of members.entries()) requireSpread(input.columns, names[b], rows);
}

/** A scale can only be estimated from two patients with different values. */
function requireSpread(
  columns: readonly Float64Array[],
  name: string,
  rows: readonly number[],
): void {
  if (rows.length < 2) {
    throw new InputError(
      'TABLE_INVALID',
      `The batch “${name}” has one patient, so its spread is unknown: leave it out, merge it, or use the mean-only variant.`,
    );
  }
  const flat = columns.findIndex((values) => rows.every((row) => values[row] === values[rows[0]]));
  if (flat >= 0) {
    throw new InputError(
      'TABLE_INVALID',
      `Feature ${flat + 1} is constant in the batch “${name}”: leave the feature out of the harmonisation.`,
    );
  }
}

function filled(length: number, value: number): number[] {
  return new Array<number>(length).fill(value);
}

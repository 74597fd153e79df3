/**
 * ComBat: location and scale of each batch, shrunken over the features by empirical Bayes.
 * Reference: Johnson, Li and Rabinovic 2007; step by step as R sva::ComBat (reference batch and
 * mean-only variants included).
 */
import { Matrix, solve } from 'ml-matrix';
import { InputError } from '../chain/errors';

export type CombatVariant = 'eb' | 'nonparametric' | 'meanOnly';

export interface CombatInput {
  /** `values[patient][feature]` */
  readonly values: readonly (readonly number[])[];
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
export interface CombatFit {
  readonly referenceBatch: string | null;
  readonly grandMean: readonly number[];
  readonly pooledVariance: readonly number[];
  /** `covariateEffects[covariate][feature]` */
  readonly covariateEffects: readonly (readonly number[])[];
  readonly batches: Readonly<Record<string, BatchEffect>>;
}

export interface BatchEffect {
  readonly patients: number;
  readonly gamma: readonly number[];
  readonly deltaSquared: readonly number[];
}

const CONVERGENCE = 1e-4;

/** @throws InputError TABLE_INVALID for a batch that is too small or a feature without variance in it */
export function fitCombat(input: CombatInput, settings: CombatSettings): CombatFit {
  const names = [...new Set(input.batch)].sort();
  const members = names.map((name) => input.batch.flatMap((b, row) => (b === name ? [row] : [])));
  refuseUnusable(input, settings, names, members);
  const location = fitLocation(input, settings, names, members);
  const features = input.values[0].length;
  const standardised = input.values.map((row, patient) =>
    row.map(
      (value, g) =>
        (value -
          location.grandMean[g] -
          covariatePart(location.covariateEffects, input.covariates?.[patient], g)) /
        Math.sqrt(location.pooledVariance[g]),
    ),
  );
  const batches = names.map((name, b): [string, BatchEffect] => {
    const patients = members[b].length;
    if (name === settings.referenceBatch) {
      return [name, { patients, gamma: filled(features, 0), deltaSquared: filled(features, 1) }];
    }
    const rows = members[b].map((row) => standardised[row]);
    return [name, { patients, ...batchEffect(rows, features, settings.variant) }];
  });
  return {
    referenceBatch: settings.referenceBatch,
    ...location,
    batches: Object.fromEntries(batches),
  };
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
  for (const [b, rows] of members.entries()) {
    if (rows.length < 2) {
      throw new InputError(
        'TABLE_INVALID',
        `The batch “${names[b]}” has one patient, so its spread is unknown: leave it out, merge it, or use the mean-only variant.`,
      );
    }
    const flat = input.values[0].findIndex((_, g) =>
      rows.every((row) => input.values[row][g] === input.values[rows[0]][g]),
    );
    if (flat >= 0) {
      throw new InputError(
        'TABLE_INVALID',
        `Feature ${flat + 1} is constant in the batch “${names[b]}”: leave the feature out of the harmonisation.`,
      );
    }
  }
}

type Location = Pick<CombatFit, 'grandMean' | 'pooledVariance' | 'covariateEffects'>;

/** Ordinary least squares with one column for each batch, then the covariates. */
function fitLocation(
  input: CombatInput,
  settings: CombatSettings,
  names: readonly string[],
  members: readonly (readonly number[])[],
): Location {
  const patients = input.values.length;
  const design = new Matrix(
    input.batch.map((batch, row) => [
      ...names.map((name) => (name === batch ? 1 : 0)),
      ...(input.covariates?.[row] ?? []),
    ]),
  );
  const values = new Matrix(input.values.map((row) => [...row]));
  const gram = design.transpose().mmul(design);
  const effects = solve(gram, design.transpose().mmul(values));
  const residuals = Matrix.sub(values, design.mmul(effects));
  const reference = settings.referenceBatch === null ? -1 : names.indexOf(settings.referenceBatch);
  const rows = reference < 0 ? [...input.values.keys()] : members[reference];
  const features = values.columns;
  const grandMean = filled(features, 0);
  const pooledVariance = filled(features, 0);
  for (let g = 0; g < features; g++) {
    grandMean[g] =
      reference >= 0
        ? effects.get(reference, g)
        : members.reduce((sum, { length }, b) => sum + (length / patients) * effects.get(b, g), 0);
    for (const row of rows) pooledVariance[g] += residuals.get(row, g) ** 2 / rows.length;
  }
  const covariateEffects = effects.to2DArray().slice(names.length);
  return { grandMean, pooledVariance, covariateEffects };
}

function batchEffect(
  rows: readonly (readonly number[])[],
  features: number,
  variant: CombatVariant,
): { gamma: number[]; deltaSquared: number[] } {
  const columns = Array.from({ length: features }, (_, g) => rows.map((row) => row[g]));
  const gammaHat = columns.map(mean);
  const gammaBar = mean(gammaHat);
  const tauSquared = variance(gammaHat);
  if (variant === 'meanOnly') {
    const gamma = gammaHat.map((value) => (tauSquared * value + gammaBar) / (tauSquared + 1));
    return { gamma, deltaSquared: filled(features, 1) };
  }
  const deltaHat = columns.map(variance);
  if (variant === 'nonparametric') return integratePrior(columns, gammaHat, deltaHat);
  const m = mean(deltaHat);
  const v = variance(deltaHat);
  const prior = {
    gammaBar,
    tauSquared,
    lambda: (2 * v + m * m) / v,
    theta: (m * v + m ** 3) / v,
  };
  return solvePosterior(columns, gammaHat, deltaHat, prior);
}

/** The posterior modes of all features of a batch, iterated together until every one has settled. */
function solvePosterior(
  columns: readonly (readonly number[])[],
  gammaHat: readonly number[],
  deltaHat: readonly number[],
  prior: { gammaBar: number; tauSquared: number; lambda: number; theta: number },
): { gamma: number[]; deltaSquared: number[] } {
  const patients = columns[0].length;
  // Around the mean; the squares around any other centre follow from them.
  const squaresAtMean = deltaHat.map((value) => value * (patients - 1));
  let gamma = [...gammaHat];
  let deltaSquared = [...deltaHat];
  for (let change = 1; change > CONVERGENCE;) {
    const nextGamma = gammaHat.map(
      (value, g) =>
        (prior.tauSquared * patients * value + deltaSquared[g] * prior.gammaBar) /
        (prior.tauSquared * patients + deltaSquared[g]),
    );
    const nextDelta = squaresAtMean.map((atMean, g) => {
      const squares = atMean + patients * (gammaHat[g] - nextGamma[g]) ** 2;
      return (squares / 2 + prior.theta) / (patients / 2 + prior.lambda - 1);
    });
    // sva divides by the old value with its sign, so a negative gamma never holds the loop.
    change = Math.max(
      ...nextGamma.map((value, g) => Math.abs(value - gamma[g]) / gamma[g]),
      ...nextDelta.map((value, g) => Math.abs(value - deltaSquared[g]) / deltaSquared[g]),
    );
    gamma = nextGamma;
    deltaSquared = nextDelta;
  }
  return { gamma, deltaSquared };
}

/** Monte Carlo integration over the other features' estimates, in place of a parametric prior. */
function integratePrior(
  columns: readonly (readonly number[])[],
  gammaHat: readonly number[],
  deltaHat: readonly number[],
): { gamma: number[]; deltaSquared: number[] } {
  const patients = columns[0].length;
  const gamma: number[] = [];
  const deltaSquared: number[] = [];
  columns.forEach((column, g) => {
    let total = 0;
    let gammaSum = 0;
    let deltaSum = 0;
    for (let other = 0; other < columns.length; other++) {
      if (other === g) continue;
      const squares = column.reduce((sum, value) => sum + (value - gammaHat[other]) ** 2, 0);
      const likelihood =
        Math.exp(-squares / (2 * deltaHat[other])) /
        (2 * Math.PI * deltaHat[other]) ** (patients / 2);
      total += likelihood;
      gammaSum += gammaHat[other] * likelihood;
      deltaSum += deltaHat[other] * likelihood;
    }
    gamma.push(gammaSum / total);
    deltaSquared.push(deltaSum / total);
  });
  return { gamma, deltaSquared };
}

function covariatePart(
  effects: readonly (readonly number[])[],
  covariates: readonly number[] | undefined,
  feature: number,
): number {
  return effects.reduce((sum, effect, c) => sum + effect[feature] * (covariates?.[c] ?? NaN), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Divisor n - 1. */
function variance(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

function filled(length: number, value: number): number[] {
  return new Array<number>(length).fill(value);
}

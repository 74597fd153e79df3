/**
 * From raw features to what a selection works on: left-out columns, missing values, ComBat,
 * z-scores, univariable associations. It is done once for a resample and serves every signature.
 */
import { fitCombat, type CombatFit, type CombatVariant } from '../harmonise/fitCombat';
import type { SurvivalData } from '../survival/data';
import {
  associations,
  rankCache,
  varying,
  type Association,
  type Columns,
} from './selection/screen';

export interface CombatSettings {
  readonly variant: CombatVariant;
  readonly referenceBatch: string | null;
}

/** Patients by features, as they were measured; NaN: not evaluable. */
export interface TrainingTable {
  readonly data: SurvivalData;
  /** Number of each row's patient: in a resample one patient may stand in several rows. */
  readonly patient: readonly number[];
  /** Scanner batch of each patient. */
  readonly batch: readonly string[];
  readonly columns: Columns;
}

export interface PreparedColumn {
  /** After harmonisation; SD with divisor n - 1. A value that is not evaluable counts as the mean. */
  readonly mean: number;
  readonly sd: number;
  readonly range: readonly [number, number];
}

export interface Prepared {
  readonly data: SurvivalData;
  readonly patient: readonly number[];
  /** Columns that can be used, ascending; the arrays below have one entry for each. */
  readonly usable: readonly number[];
  readonly columns: readonly PreparedColumn[];
  /** z-scored. */
  readonly values: Columns;
  readonly associations: readonly Association[];
  readonly ranks: (index: number) => Float64Array;
  /** null: not harmonised. Its arrays are those of `usable`. */
  readonly combat: CombatFit | null;
}

/** @throws InputError TABLE_INVALID for a batch that is too small for ComBat */
export function prepare(table: TrainingTable, combat: CombatSettings | null): Prepared {
  const batches = [...new Set(table.batch)].map((name) =>
    table.batch.flatMap((batch, row) => (batch === name ? [row] : [])),
  );
  const filled = table.columns.map((values) => fillByBatch(values, batches));
  const needsSpread = combat !== null && combat.variant !== 'meanOnly';
  const usable = varying(filled).filter(
    (j) => !needsSpread || batches.every((rows) => rows.length < 2 || varies(filled[j], rows)),
  );
  const fit = combat === null ? null : harmonise(table, usable, filled, combat);
  const columns: PreparedColumn[] = [];
  const values = usable.map((j, k) => {
    const { column, scaled } = zScore(harmonisedColumn(table, j, fit, k));
    columns.push(column);
    return scaled;
  });
  return {
    data: table.data,
    patient: table.patient,
    usable,
    columns,
    values,
    associations: associations(table.data, values),
    ranks: rankCache(values),
    combat: fit,
  };
}

/** Harmonised, for a patient of a known batch; as measured for any other. */
export function harmonisedValue(
  fit: CombatFit | null,
  value: number,
  index: number,
  batch: string,
): number {
  if (fit === null || batch === fit.referenceBatch || !Object.hasOwn(fit.batches, batch)) {
    return value;
  }
  const { gamma, deltaSquared } = fit.batches[batch];
  const scale = Math.sqrt(fit.pooledVariance[index]);
  const z = (value - fit.grandMean[index]) / scale;
  return (scale * (z - gamma[index])) / Math.sqrt(deltaSquared[index]) + fit.grandMean[index];
}

/** Column `j` of the table, which is the `k`-th of the fit; what is not evaluable stays NaN. */
function harmonisedColumn(
  { columns, batch }: TrainingTable,
  j: number,
  fit: CombatFit | null,
  k: number,
): Float64Array {
  const values = columns[j];
  if (fit === null) return values;
  const harmonised = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    harmonised[row] = harmonisedValue(fit, values[row], k, batch[row]);
  }
  return harmonised;
}

export function rowsOf(table: TrainingTable, rows: readonly number[]): TrainingTable {
  return {
    data: {
      time: rows.map((row) => table.data.time[row]),
      event: rows.map((row) => table.data.event[row]),
    },
    patient: rows.map((row) => table.patient[row]),
    batch: rows.map((row) => table.batch[row]),
    columns: table.columns.map((values) => picked(values, rows)),
  };
}

function picked(values: Float64Array, rows: readonly number[]): Float64Array {
  const result = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) result[k] = values[rows[k]];
  return result;
}

function harmonise(
  table: TrainingTable,
  usable: readonly number[],
  filled: Columns,
  settings: CombatSettings,
): CombatFit | null {
  if (usable.length === 0) return null;
  return fitCombat({ columns: usable.map((j) => filled[j]), batch: table.batch }, settings);
}

/** ComBat needs every value: its own batch's mean says least about the batch. */
function fillByBatch(values: Float64Array, batches: readonly (readonly number[])[]): Float64Array {
  if (!values.some(Number.isNaN)) return values;
  const filled = values.slice();
  const overall = meanOf(values.filter((value) => !Number.isNaN(value)));
  for (const rows of batches) {
    const known = rows.map((row) => values[row]).filter((value) => !Number.isNaN(value));
    const mean = known.length > 0 ? meanOf(known) : overall;
    for (const row of rows) if (Number.isNaN(filled[row])) filled[row] = mean;
  }
  return filled;
}

function varies(values: Float64Array, rows: readonly number[]): boolean {
  return rows.some((row) => values[row] !== values[rows[0]]);
}

function zScore(harmonised: Float64Array): { column: PreparedColumn; scaled: Float64Array } {
  const known = harmonised.filter((value) => !Number.isNaN(value));
  const mean = meanOf(known);
  let squares = 0;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < known.length; i++) {
    const value = known[i];
    squares += (value - mean) ** 2;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const sd = Math.sqrt(squares / (harmonised.length - 1));
  const scaled = new Float64Array(harmonised.length);
  for (let i = 0; i < scaled.length; i++) {
    const value = harmonised[i];
    scaled[i] = Number.isNaN(value) ? 0 : (value - mean) / sd;
  }
  return { column: { mean, sd, range: [low, high] }, scaled };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

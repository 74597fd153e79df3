/** Columns whose values do not come back when the tumour is drawn or scanned again are left out. */
import { columnName, type MeasuredFeature } from './featureName';
import type { UsableColumns } from './columns';
import { InputError } from '../chain/errors';
import { intraclassCorrelation, type IccForm } from './selection/icc';

/** Features measured several times in some patients. */
export interface Repeats {
  readonly patients: number;
  readonly repeats: number;
  /** `[patient][repeat]` of each column that the table holds; NaN: not evaluable. */
  readonly values: ReadonlyMap<string, readonly (readonly number[])[]>;
}

export interface ReliabilitySettings {
  readonly form: IccForm;
  readonly minimum: number;
  /** What must reach the minimum: the estimate, or the lower end of its 95 % interval. */
  readonly bound: 'estimate' | 'lower';
}

export interface ColumnReliability {
  readonly column: string;
  readonly icc: number;
  readonly interval: readonly [number, number];
}

export interface Reliability extends ReliabilitySettings {
  readonly patients: number;
  readonly repeats: number;
  /** Of the columns that could be judged. */
  readonly columns: readonly ColumnReliability[];
  readonly dropped: number;
  /** Columns without repeats: nobody knows, so they stay. */
  readonly unknown: number;
}

/** Fewer patients say nothing about a correlation between patients. */
const FEWEST_PATIENTS = 3;

/** @throws InputError TABLE_INVALID when no column remains */
export function reliableColumns(
  columns: UsableColumns,
  repeats: Repeats,
  settings: ReliabilitySettings,
): { readonly columns: UsableColumns; readonly reliability: Reliability } {
  const found = columns.features.map((feature) => judge(feature, repeats, settings.form));
  const stays = found.map(
    (entry) => entry === null || valueOf(entry, settings.bound) >= settings.minimum,
  );
  const kept = [...columns.features.keys()].filter((j) => stays[j]);
  const known = found.filter((entry) => entry !== null);
  if (kept.length === 0) {
    throw new InputError(
      'TABLE_INVALID',
      `All ${columns.features.length} feature columns are filtered out, because their ${settings.form} is below ${settings.minimum}: lower the minimum or improve the contours.`,
    );
  }
  const leftOut = found.flatMap((entry, j) =>
    entry === null || stays[j]
      ? []
      : [{ column: entry.column, reason: `${settings.form} ${describe(entry)}` }],
  );
  return {
    columns: {
      features: kept.map((j) => columns.features[j]),
      values: kept.map((j) => columns.values[j]),
      missing: kept.map((j) => columns.missing[j]),
      leftOut: [...columns.leftOut, ...leftOut],
    },
    reliability: {
      ...settings,
      patients: repeats.patients,
      repeats: repeats.repeats,
      columns: known,
      dropped: leftOut.length,
      unknown: found.length - known.length,
    },
  };
}

/** null: the table of repeats has not enough to judge the column. */
function judge(
  feature: MeasuredFeature,
  repeats: Repeats,
  form: IccForm,
): ColumnReliability | null {
  const column = columnName(feature);
  const complete = (repeats.values.get(column) ?? []).filter((row) => !row.some(Number.isNaN));
  if (complete.length < FEWEST_PATIENTS) return null;
  return { column, ...intraclassCorrelation(complete, form) };
}

/** NaN where the feature does not vary: it then fails every minimum. */
function valueOf({ icc, interval }: ColumnReliability, bound: 'estimate' | 'lower'): number {
  const value = bound === 'lower' ? interval[0] : icc;
  return Number.isNaN(value) ? -Infinity : value;
}

function describe({ icc, interval }: ColumnReliability): string {
  if (Number.isNaN(icc)) return 'cannot be told, the repeats do not vary';
  return `${icc.toFixed(2)} (${interval.map((limit) => limit.toFixed(2)).join(' to ')})`;
}

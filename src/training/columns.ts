/** Which columns of a feature table a training may use, and why the others are left out. */
import { columnName, type MeasuredFeature } from './featureName';
import type { Columns } from './selection/screen';
import { InputError } from '../chain/errors';

export interface LeftOut {
  readonly column: string;
  readonly reason: string;
}

export interface UsableColumns {
  readonly features: readonly MeasuredFeature[];
  readonly values: Columns;
  /** Share of patients whose value is not evaluable. */
  readonly missing: readonly number[];
  readonly leftOut: readonly LeftOut[];
}

/** @throws InputError TABLE_INVALID when no column remains */
export function usableColumns(
  features: readonly MeasuredFeature[],
  values: Columns,
  maximumMissing: number,
): UsableColumns {
  const leftOut: LeftOut[] = [];
  const missing = values.map((column) => column.filter(Number.isNaN).length / column.length);
  const kept = features.flatMap((feature, j) => {
    const reason = unusable(values[j], missing[j], maximumMissing);
    if (reason === null) return [j];
    leftOut.push({ column: columnName(feature), reason });
    return [];
  });
  if (kept.length === 0) {
    throw new InputError(
      'TABLE_INVALID',
      `None of the ${features.length} feature columns can be used (the first: ${leftOut[0].column}, ${leftOut[0].reason}): check the feature table.`,
    );
  }
  return {
    features: kept.map((j) => features[j]),
    values: kept.map((j) => values[j]),
    missing: kept.map((j) => missing[j]),
    leftOut,
  };
}

function unusable(column: Float64Array, missing: number, maximum: number): string | null {
  if (missing > maximum) return `empty in ${(100 * missing).toFixed(0)} % of the patients`;
  const known = column.filter((value) => !Number.isNaN(value));
  if (known.every((value) => value === known[0])) return 'constant';
  return null;
}

/** The tables that a cohort's extraction writes. */
import type { WantedFeature } from '../../src/chain/measureFeatures';
import { columnName } from '../../src/training/featureName';
import type { ManifestRow } from './manifest';
import type { Caution } from './rowTasks';

export interface MeasuredRow {
  readonly row: ManifestRow;
  readonly values: readonly (number | null)[];
  readonly cautions: readonly Caution[];
}

export interface FailedRow {
  readonly row: ManifestRow;
  readonly code: string;
  readonly reason: string;
}

/** Line by line, because the table can be large. Full double precision; an empty cell: not evaluable. */
export function* featureTable(
  features: readonly WantedFeature[],
  rows: readonly MeasuredRow[],
): Generator<string> {
  yield line(['patient', 'cohort', 'batch', 'age', ...features.map(columnName)]);
  for (const { row, values } of rows) {
    const { patient, cohort, batch, age } = row;
    yield line([patient, cohort, batch, numberText(age), ...values.map(numberText)]);
  }
}

export function cautionTable(rows: readonly MeasuredRow[]): string {
  return csv([
    ['patient', 'code', 'caution'],
    ...rows.flatMap(({ row, cautions }) =>
      cautions.map(({ code, message }) => [row.patient, code, message]),
    ),
  ]);
}

export function failureTable(rows: readonly FailedRow[]): string {
  return csv([
    ['row', 'patient', 'code', 'reason'],
    ...rows.map(({ row, code, reason }) => [String(row.row), row.patient, code, reason]),
  ]);
}

/** The shortest digits that give the double back. */
function numberText(value: number | null): string {
  return value === null ? '' : String(value);
}

function csv(rows: readonly (readonly string[])[]): string {
  return rows.map(line).join('');
}

function line(cells: readonly string[]): string {
  return `${cells.map(field).join(',')}\n`;
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

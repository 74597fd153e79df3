/** Features of the same patients measured again: a row for each patient and repeat. */
import { InputError } from '../src/chain/errors';
import { parseColumnName } from '../src/training/featureName';
import type { Repeats } from '../src/training/reliability';
import { cellNumber, readTable, requireColumn, type Table } from './table';

const REPEAT = 'repeat';

/** @throws InputError TABLE_INVALID when a patient lacks a repeat that others have */
export async function readRepeats(file: string, patientColumn: string): Promise<Repeats> {
  const table = await readTable(file);
  requireColumn(table, patientColumn);
  requireColumn(table, REPEAT);
  const rows = layOut(table, patientColumn);
  const features = table.columns.filter((name) => parseColumnName(name) !== null);
  if (features.length === 0) {
    throw new InputError('TABLE_INVALID', `${file} has no feature column.`);
  }
  return {
    patients: rows.length,
    repeats: rows[0].length,
    values: new Map(
      features.map((name) => [
        name,
        rows.map((own) =>
          own.map((row) => (table.rows[row][name] === '' ? NaN : cellNumber(table, row, name))),
        ),
      ]),
    ),
  };
}

/** Row numbers, `[patient][repeat]`. */
function layOut(table: Table, patientColumn: string): number[][] {
  const repeats = [...new Set(table.rows.map((row) => row[REPEAT]))].sort();
  const patients = [...new Set(table.rows.map((row) => row[patientColumn]))];
  if (repeats.length < 2 || patients.length < 3) {
    throw new InputError(
      'TABLE_INVALID',
      `${table.file} holds ${patients.length} patients and ${repeats.length} repeats: an intraclass correlation needs at least 3 patients, each measured at least twice.`,
    );
  }
  return patients.map((patient) =>
    repeats.map((repeat) => {
      const rows = table.rows.flatMap((row, k) =>
        row[patientColumn] === patient && row[REPEAT] === repeat ? [k] : [],
      );
      if (rows.length === 1) return rows[0];
      throw new InputError(
        'TABLE_INVALID',
        `${table.file} has ${rows.length === 0 ? 'no row' : `${rows.length} rows`} of patient “${patient}” for the repeat “${repeat}”: every patient needs one row for each repeat.`,
      );
    }),
  );
}

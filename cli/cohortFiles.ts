/** A feature table and a clinical table, joined by patient. */
import { InputError } from '../src/chain/errors';
import type { ClinicalColumn, Cohort } from '../src/training/cohort';
import { parseColumnName } from '../src/training/featureName';
import type { TrainingSettings } from '../src/training/settings';
import { cellNumber, numberColumn, readTable, requireColumn, type Table } from './table';

/** @throws InputError TABLE_INVALID naming the file, the row and the column */
export async function readCohort(
  featureFile: string,
  clinicalFile: string,
  columns: TrainingSettings['columns'],
): Promise<Cohort> {
  const [features, clinical] = await Promise.all([readTable(featureFile), readTable(clinicalFile)]);
  const featureRows = rowsByPatient(features, columns.patient);
  const clinicalRows = rowsByPatient(clinical, columns.patient);
  const withoutFeatures = [...clinicalRows.keys()].filter((patient) => !featureRows.has(patient));
  const present: Table = {
    ...clinical,
    rows: clinical.rows.filter((row) => featureRows.has(row[columns.patient])),
  };
  // Outcomes are wanted of every patient, so that nobody is left out silently.
  const outcome = outcomes(clinical, columns);
  const rows = clinical.rows.flatMap((row, k) =>
    featureRows.has(row[columns.patient]) ? [k] : [],
  );
  if (rows.length === 0) {
    throw new InputError(
      'TABLE_INVALID',
      `No patient of ${clinicalFile} is in ${featureFile}: the “${columns.patient}” columns must hold the same names.`,
    );
  }
  const data = {
    time: rows.map((row) => outcome.time[row]),
    event: rows.map((row) => outcome.event[row]),
  };
  const patients = present.rows.map((row) => row[columns.patient]);
  const measured = features.columns.flatMap((name) => {
    const feature = parseColumnName(name);
    return feature ? [{ name, feature }] : [];
  });
  return {
    patients,
    data,
    age: numberColumn(present, columns.age),
    batch: clinical.columns.includes(columns.batch) ? textColumn(present, columns.batch) : null,
    clinical: clinicalColumns(present, columns),
    features: measured.map(({ feature }) => feature),
    values: measured.map(({ name }) =>
      Float64Array.from(patients, (patient) => {
        const row = featureRows.get(patient) ?? 0;
        return features.rows[row][name] === '' ? NaN : cellNumber(features, row, name);
      }),
    ),
    flow: {
      inClinicalTable: clinical.rows.length,
      inFeatureTable: features.rows.length,
      withoutFeatures,
      withoutOutcome: [...featureRows.keys()].filter((patient) => !clinicalRows.has(patient))
        .length,
      analysed: patients.length,
      events: data.event.filter((value) => value === 1).length,
    },
  };
}

function rowsByPatient(table: Table, column: string): Map<string, number> {
  requireColumn(table, column);
  const rows = new Map<string, number>();
  for (const [index, row] of table.rows.entries()) {
    const patient = row[column];
    if (patient === '') {
      throw invalid(table, index, column, 'is empty: name the patient or remove the row');
    }
    const first = rows.get(patient);
    if (first !== undefined) {
      throw invalid(
        table,
        index,
        column,
        `holds “${patient}”, who is already in row ${first + 1}: keep one row for each patient`,
      );
    }
    rows.set(patient, index);
  }
  return rows;
}

function outcomes(
  table: Table,
  columns: TrainingSettings['columns'],
): { time: number[]; event: number[] } {
  for (const name of [columns.time, columns.event]) {
    requireColumn(table, name);
    const index = table.rows.findIndex((row) => row[name] === '');
    if (index < 0) continue;
    const patient = table.rows[index][columns.patient];
    throw invalid(
      table,
      index,
      name,
      `is empty, so patient “${patient}” has no outcome: fill it in or remove the row`,
    );
  }
  const time = numberColumn(table, columns.time);
  const event = numberColumn(table, columns.event);
  const negative = time.findIndex((value) => value < 0);
  if (negative >= 0) {
    throw invalid(
      table,
      negative,
      columns.time,
      `holds ${time[negative]}, a negative follow-up time: correct it`,
    );
  }
  const neither = event.findIndex((value) => value !== 0 && value !== 1);
  if (neither >= 0) {
    throw invalid(
      table,
      neither,
      columns.event,
      `holds ${event[neither]}: use 1 for an event and 0 for censored`,
    );
  }
  return { time, event };
}

function textColumn(table: Table, name: string): string[] {
  return table.rows.map((row, index) => {
    if (row[name] !== '') return row[name];
    throw invalid(table, index, name, 'is empty: name the scanner batch of every patient');
  });
}

/** Those that are named, or every other column that holds a number in every row. */
function clinicalColumns(table: Table, columns: TrainingSettings['columns']): ClinicalColumn[] {
  if (columns.clinical) {
    return columns.clinical.map((name) => ({ name, values: numberColumn(table, name) }));
  }
  const known = [columns.patient, columns.time, columns.event, columns.age, columns.batch];
  return table.columns
    .filter((name) => !known.includes(name))
    .filter((name) =>
      table.rows.every((row) => row[name] !== '' && Number.isFinite(Number(row[name]))),
    )
    .map((name) => ({ name, values: numberColumn(table, name) }));
}

function invalid(table: Table, index: number, column: string, problem: string): InputError {
  return new InputError(
    'TABLE_INVALID',
    `${table.file}, row ${index + 1}, column “${column}” ${problem}.`,
  );
}

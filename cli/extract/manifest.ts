/** The manifest of a cohort: a row for each patient, where his images lie and what they are. */
import path from 'node:path';
import { InputError } from '../../src/chain/errors';
import { cellNumber, readTable, requireColumn, type Table } from '../table';

export type CohortPart = 'train' | 'validation';

/** Series Instance UIDs and a tumour as for `analyse`; null: guessed, or the only one. */
export interface DicomRoles {
  readonly fsT2: string | null;
  readonly ceT1: string | null;
  readonly tumour: string | null;
}

export type StudyLocation =
  | {
      readonly kind: 'dicomweb';
      readonly root: string;
      readonly study: string;
      readonly roles: DicomRoles;
    }
  | { readonly kind: 'dicom'; readonly folder: string; readonly roles: DicomRoles }
  /** NIfTI or NRRD; the mask lies on the grid of one of the two images. */
  | {
      readonly kind: 'files';
      readonly fsT2: string;
      readonly ceT1: string;
      readonly tumour: string;
      /** null: the only label there is. */
      readonly label: number | null;
    };

export interface ManifestRow {
  /** 1-based, without the header. */
  readonly row: number;
  readonly patient: string;
  readonly cohort: CohortPart;
  /** '' when the manifest does not say. */
  readonly batch: string;
  readonly age: number | null;
  readonly location: StudyLocation;
}

const COLUMNS = [
  'patient',
  'cohort',
  'split',
  'dicomweb',
  'study',
  'dicom',
  'fs_t2',
  'ce_t1',
  'tumour',
  'label',
  'age',
  'batch',
] as const;
type Column = (typeof COLUMNS)[number];

const PARTS: Readonly<Record<string, CohortPart>> = {
  train: 'train',
  training: 'train',
  validation: 'validation',
  validate: 'validation',
};
const MAXIMUM_AGE = 120;

/**
 * Paths in it are relative to its folder.
 * @throws InputError FILE_UNREADABLE or TABLE_INVALID, naming the row and the column
 */
export async function readManifest(file: string): Promise<ManifestRow[]> {
  const table = await readTable(file);
  requireColumns(table);
  if (table.rows.length === 0) {
    throw new InputError(
      'TABLE_INVALID',
      `${file} names no patient: give a row for each patient below the header.`,
    );
  }
  const rows = table.rows.map((_, index) => readRow(table, index));
  refuseTwice(table, rows);
  return rows;
}

function requireColumns(table: Table): void {
  requireColumn(table, 'patient');
  const names: readonly string[] = COLUMNS;
  const unknown = table.columns.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new InputError(
      'TABLE_INVALID',
      `${table.file} has the column “${unknown}”, which a manifest does not have: rename or remove it (columns: ${COLUMNS.join(', ')}).`,
    );
  }
  const twice = table.columns.find((name, i) => table.columns.indexOf(name) !== i);
  const both = table.columns.includes('cohort') && table.columns.includes('split');
  if (twice === undefined && !both) return;
  throw new InputError(
    'TABLE_INVALID',
    `${table.file} has ${twice === undefined ? 'the columns “cohort” and “split”, which mean the same' : `the column “${twice}” twice`}: keep one.`,
  );
}

function readRow(table: Table, index: number): ManifestRow {
  const patient = cell(table, index, 'patient');
  if (patient === '') {
    throw invalid(table, index, 'patient', 'is empty: name the patient or remove the row');
  }
  return {
    row: index + 1,
    patient,
    cohort: partOf(table, index),
    batch: cell(table, index, 'batch'),
    age: ageOf(table, index),
    location: locationOf(table, index),
  };
}

function partOf(table: Table, index: number): CohortPart {
  const column = table.columns.includes('split') ? 'split' : 'cohort';
  if (!table.columns.includes(column)) return 'train';
  const text = cell(table, index, column);
  const part = Object.hasOwn(PARTS, text.toLowerCase()) ? PARTS[text.toLowerCase()] : undefined;
  if (part !== undefined) return part;
  throw invalid(table, index, column, `holds “${text}”: write train or validation`);
}

function ageOf(table: Table, index: number): number | null {
  if (cell(table, index, 'age') === '') return null;
  const age = cellNumber(table, index, 'age');
  if (age > 0 && age <= MAXIMUM_AGE) return age;
  throw invalid(table, index, 'age', `holds ${age}: give years between 0 and ${MAXIMUM_AGE}`);
}

function locationOf(table: Table, index: number): StudyLocation {
  const text = (column: Column): string => cell(table, index, column);
  const given = (column: Column): string | null => text(column) || null;
  const roles = { fsT2: given('fs_t2'), ceT1: given('ce_t1'), tumour: given('tumour') };
  const [archive, folder] = [text('dicomweb'), text('dicom')];
  if (archive !== '' && folder !== '') {
    throw invalid(table, index, 'dicom', 'is filled in beside “dicomweb”: keep one of the two');
  }
  if (archive !== '') {
    if (!URL.canParse(archive))
      throw invalid(
        table,
        index,
        'dicomweb',
        `holds “${archive}”, which is no address: give the DICOMweb root of the archive`,
      );
    if (text('study') === '')
      throw invalid(table, index, 'study', 'is empty: give the Study Instance UID');
    return { kind: 'dicomweb', root: archive, study: text('study'), roles };
  }
  if (text('study') !== '')
    throw invalid(
      table,
      index,
      'dicomweb',
      'is empty beside a study: give the DICOMweb root of the archive',
    );
  if (folder !== '') return { kind: 'dicom', folder: besides(table.file, folder), roles };
  return filesOf(table, index, roles);
}

function filesOf(table: Table, index: number, { fsT2, ceT1, tumour }: DicomRoles): StudyLocation {
  if (fsT2 === null || ceT1 === null || tumour === null) {
    const missing = fsT2 === null ? 'fs_t2' : ceT1 === null ? 'ce_t1' : 'tumour';
    throw invalid(
      table,
      index,
      missing,
      'is empty: give fs_t2, ce_t1 and tumour as image files, or dicom with a folder, or dicomweb with a study',
    );
  }
  return {
    kind: 'files',
    fsT2: besides(table.file, fsT2),
    ceT1: besides(table.file, ceT1),
    tumour: besides(table.file, tumour),
    label: labelOf(table, index),
  };
}

function labelOf(table: Table, index: number): number | null {
  if (cell(table, index, 'label') === '') return null;
  const label = cellNumber(table, index, 'label');
  if (Number.isInteger(label) && label > 0) return label;
  throw invalid(
    table,
    index,
    'label',
    `holds ${label}: give the whole number of the tumour in the mask`,
  );
}

function refuseTwice(table: Table, rows: readonly ManifestRow[]): void {
  const first = new Map<string, ManifestRow>();
  for (const row of rows) {
    const other = first.get(row.patient);
    if (other === undefined) {
      first.set(row.patient, row);
      continue;
    }
    throw invalid(
      table,
      row.row - 1,
      'patient',
      other.cohort === row.cohort
        ? `holds “${row.patient}”, who is already in row ${other.row}: keep one row for each patient`
        : `holds “${row.patient}”, who is in row ${other.row} of the other cohort: a patient belongs to training or to validation`,
    );
  }
}

function besides(manifest: string, file: string): string {
  return path.resolve(path.dirname(path.resolve(manifest)), file);
}

function cell(table: Table, index: number, column: Column): string {
  return table.columns.includes(column) ? table.rows[index][column] : '';
}

function invalid(table: Table, index: number, column: string, problem: string): InputError {
  return new InputError(
    'TABLE_INVALID',
    `${table.file}, row ${index + 1}, column “${column}” ${problem}.`,
  );
}

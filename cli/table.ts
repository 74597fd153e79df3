import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { InputError, isInputError } from '../src/chain/errors';

/** A CSV file with a header row; every value is text. */
export interface Table {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

export async function readTable(file: string): Promise<Table> {
  let columns: string[] = [];
  try {
    const text = await readFile(file, 'utf8');
    const rows: Record<string, string>[] = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      skip_empty_lines: true,
      trim: true,
      columns: (header: string[]) => (columns = header),
    });
    requireDistinct(file, columns);
    return { file, columns, rows };
  } catch (error) {
    if (isInputError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError('FILE_UNREADABLE', `${file} cannot be read as a CSV table: ${reason}.`, {
      cause: error,
    });
  }
}

const DELIMITERS = [',', ';', '\t'];

/** The one that the header has most of, outside quotes: spreadsheets of some countries write semicolons. */
function delimiterOf(text: string): string {
  const header = text.replace(/^\uFEFF?\s*/, '').split(/\r?\n/, 1)[0];
  const bare = header.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}

function requireDistinct(file: string, columns: readonly string[]): void {
  const twice = columns.find((name, k) => name !== '' && columns.indexOf(name) !== k);
  if (twice === undefined) return;
  throw new InputError(
    'TABLE_INVALID',
    `${file} has two columns “${twice}”: rename or remove one of them.`,
  );
}

/** @throws InputError TABLE_INVALID naming the row (1-based, without the header) and the column */
export function numberColumn(table: Table, name: string): number[] {
  requireColumn(table, name);
  return table.rows.map((_, index) => cellNumber(table, index, name));
}

/** @throws InputError TABLE_INVALID */
export function requireColumn(table: Table, name: string): void {
  if (table.columns.includes(name)) return;
  throw new InputError(
    'TABLE_INVALID',
    `${table.file} has no column “${name}”; its columns are ${listed(table.columns)}.`,
  );
}

/** @throws InputError TABLE_INVALID when the cell is empty or no number */
export function cellNumber(table: Table, row: number, name: string): number {
  const text = table.rows[row][name];
  const value = text === '' ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new InputError(
    'TABLE_INVALID',
    `${table.file}, row ${row + 1}, column “${name}” holds “${text}”: give a number or remove the row.`,
  );
}

const LISTED = 30;

function listed(columns: readonly string[]): string {
  const rest = columns.length - LISTED;
  const shown = columns.slice(0, LISTED).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

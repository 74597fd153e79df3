import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { InputError } from '../src/chain/errors';

/** A CSV file with a header row; every value is text. */
export interface Table {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

export async function readTable(file: string): Promise<Table> {
  let columns: string[] = [];
  try {
    const rows: Record<string, string>[] = parse(await readFile(file, 'utf8'), {
      bom: true,
      skip_empty_lines: true,
      trim: true,
      columns: (header: string[]) => (columns = header),
    });
    return { file, columns, rows };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError('FILE_UNREADABLE', `${file} cannot be read as a CSV table: ${reason}.`, {
      cause: error,
    });
  }
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

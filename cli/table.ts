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
  if (!table.columns.includes(name)) {
    throw new InputError(
      'TABLE_INVALID',
      `${table.file} has no column “${name}”; its columns are ${table.columns.join(', ')}.`,
    );
  }
  return table.rows.map((row, index) => {
    const value = row[name] === '' ? NaN : Number(row[name]);
    if (Number.isFinite(value)) return value;
    throw new InputError(
      'TABLE_INVALID',
      `${table.file}, row ${index + 1}, column “${name}” holds “${row[name]}”: give a number or remove the row.`,
    );
  });
}

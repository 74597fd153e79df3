/** Follow-up and covariates of any table of patients, as the commands `evaluate` and `cox` take them. */
import { InputError } from '../src/chain/errors';
import type { SurvivalData } from '../src/survival/data';
import { cellNumber, requireColumn, type Table } from './table';

export type EventCoding = '0/1' | '1/2' | 'FALSE/TRUE';

export interface OutcomeTable {
  readonly table: Table;
  /** Rows without an empty cell in the columns that are used; numbers of `table.rows`. */
  readonly rows: readonly number[];
  readonly leftOut: number;
  readonly eventCoding: EventCoding;
  readonly data: SurvivalData;
}

/** What R and spreadsheets write into an empty cell. */
const EMPTY = new Set(['', 'NA', 'N/A', 'NaN', 'NULL', '.']);

/**
 * @param used further columns that a row needs
 * @throws InputError TABLE_INVALID naming the row (1-based, without the header) and the column
 */
export function readOutcome(
  table: Table,
  columns: { readonly time: string; readonly event: string },
  used: readonly string[],
): OutcomeTable {
  const needed = [columns.time, columns.event, ...used];
  for (const name of needed) requireColumn(table, name);
  const rows = table.rows.flatMap((row, k) =>
    needed.some((name) => EMPTY.has(row[name])) ? [] : [k],
  );
  if (rows.length === 0) {
    throw new InputError(
      'TABLE_INVALID',
      `${table.file} has no row in which ${needed.map((name) => `“${name}”`).join(', ')} are all filled in.`,
    );
  }
  const time = rows.map((row) => cellNumber(table, row, columns.time));
  const negative = time.findIndex((value) => value < 0);
  if (negative >= 0) {
    throw wrong(table, rows[negative], columns.time, 'a follow-up time of 0 or more');
  }
  const { eventCoding, event } = readEvents(table, rows, columns.event);
  const leftOut = table.rows.length - rows.length;
  return { table, rows, leftOut, eventCoding, data: { time, event } };
}

/** Numbers of the rows that are used. */
export function outcomeColumn({ table, rows }: OutcomeTable, name: string): number[] {
  return rows.map((row) => cellNumber(table, row, name));
}

/** One sentence on what was left out or read in another way; none when nothing was. */
export function outcomeNotes({ leftOut, eventCoding }: OutcomeTable): string[] {
  return [
    ...(leftOut > 0
      ? [`${leftOut} rows with an empty cell in one of the columns were left out.`]
      : []),
    ...(eventCoding === '1/2' ? ['Events are coded 1 and 2: 2 counts as the event.'] : []),
  ];
}

/** 0 and 1; or 1 and 2, as R's Surv takes them; or FALSE and TRUE. */
function readEvents(
  table: Table,
  rows: readonly number[],
  name: string,
): { eventCoding: EventCoding; event: number[] } {
  const text = rows.map((row) => table.rows[row][name].toUpperCase());
  if (text.every((value) => value === 'TRUE' || value === 'FALSE')) {
    return { eventCoding: 'FALSE/TRUE', event: text.map((value) => (value === 'TRUE' ? 1 : 0)) };
  }
  const event = rows.map((row) => cellNumber(table, row, name));
  const twos = event.includes(2) && !event.includes(0);
  const neither = event.findIndex((value) => !(twos ? [1, 2] : [0, 1]).includes(value));
  if (neither >= 0) {
    throw wrong(table, rows[neither], name, '1 for an event and 0 for censored');
  }
  return twos
    ? { eventCoding: '1/2', event: event.map((value) => value - 1) }
    : { eventCoding: '0/1', event };
}

function wrong(table: Table, row: number, name: string, wanted: string): InputError {
  return new InputError(
    'TABLE_INVALID',
    `${table.file}, row ${row + 1}, column “${name}” holds “${table.rows[row][name]}”: use ${wanted}.`,
  );
}

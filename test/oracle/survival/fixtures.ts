import { readFileSync } from 'node:fs';
import { sharedPath } from '../../shared';

export type Row = Readonly<Record<string, string>>;

/** A fixture written by R (`references/statistics/make_fixtures.R`). */
export function readFixture(name: string): Row[] {
  const [header, ...lines] = readFileSync(sharedPath(`references/statistics/${name}`), 'utf8')
    .trim()
    .split('\n');
  const names = header.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, column) => [names[column], value])),
  );
}

export function column(rows: readonly Row[], name: string): number[] {
  return rows.map((row) => Number(row[name]));
}

/** `name,value` fixtures. */
export function valuesByName(name: string): Readonly<Record<string, number>> {
  return Object.fromEntries(readFixture(name).map((row) => [row.name, Number(row.value)]));
}

/** Relative difference, absolute below 1 in 1e9, as R prints 15 digits. */
export function expectClose(actual: number, expected: number, relative = 1e-8): void {
  const scale = Math.max(Math.abs(expected), 1e-9);
  if (!(Math.abs(actual - expected) <= relative * scale)) {
    throw new Error(
      `expected ${expected}, got ${actual} (relative ${Math.abs(actual - expected) / scale})`,
    );
  }
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * test/oracle/coverage.csv: what has been compared with PyRadiomics, one row for each feature,
 * image type, setting and reference file. A run that finds a name gone or a difference grown fails.
 * `UPDATE_COVERAGE=1 npm run test:unit -- -i test/oracle/radiomics` writes the rows anew.
 */

/** The figure of the project: relative, or absolute next to zero. */
export const RELATIVE_LIMIT = 1e-6;
export const ABSOLUTE_LIMIT = 1e-9;

/** Differences below this come and go with the JavaScript engine's sine, logarithm and the like. */
const NOISE = 1e-11;

const FILE = path.resolve('test/oracle/coverage.csv');
const HEADER = 'feature,imageType,setting,reference,relativeDifference';

export interface Row {
  readonly feature: string;
  readonly imageType: string;
  readonly setting: string;
  readonly reference: string;
  readonly difference: number;
}

const keyOf = (row: Row): string =>
  [row.reference, row.setting, row.imageType, row.feature].join(' ');

export function readCoverage(): Row[] {
  if (!existsSync(FILE)) return [];
  const [, ...lines] = readFileSync(FILE, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [feature, imageType, setting, reference, difference] = line.split(',');
    return { feature, imageType, setting, reference, difference: Number(difference) };
  });
}

function writeCoverage(rows: readonly Row[]): void {
  const text = rows.map((r) =>
    [r.feature, r.imageType, r.setting, r.reference, Number(r.difference.toPrecision(2))].join(','),
  );
  writeFileSync(FILE, `${HEADER}\n${text.join('\n')}\n`);
}

/** Compares values with a reference; `name` is a full PyRadiomics name. */
export function compare(
  values: ReadonlyMap<string, number>,
  expected: ReadonlyMap<string, number>,
  setting: string,
  reference: string,
): Row[] {
  return [...expected].map(([name, value]) => {
    const at = name.indexOf('_');
    const found = values.get(name);
    return {
      feature: name.slice(at + 1),
      imageType: name.slice(0, at),
      setting,
      reference,
      difference: found === undefined ? Infinity : relativeDifference(found, value),
    };
  });
}

function relativeDifference(found: number, expected: number): number {
  if (Number.isNaN(found) && Number.isNaN(expected)) return 0;
  const difference = Math.abs(found - expected);
  if (Number.isNaN(difference)) return Infinity;
  return difference <= ABSOLUTE_LIMIT && Math.abs(expected) < ABSOLUTE_LIMIT / RELATIVE_LIMIT
    ? Math.min(difference / Math.abs(expected || 1), RELATIVE_LIMIT / 10)
    : difference / Math.abs(expected);
}

/** What is wrong with the rows of one reference, beside the record; writes the record if asked to. */
export function complaints(rows: readonly Row[], known: (row: Row) => boolean): string[] {
  const mine = new Set(rows.map((row) => `${row.reference} ${row.setting}`));
  const record = readCoverage();
  if (process.env.UPDATE_COVERAGE) {
    const others = record.filter((row) => !mine.has(`${row.reference} ${row.setting}`));
    writeCoverage([...others, ...rows]);
  }
  const now = new Map(rows.map((row) => [keyOf(row), row]));
  const gone = record
    .filter((row) => mine.has(`${row.reference} ${row.setting}`) && !now.has(keyOf(row)))
    .map((row) => `${keyOf(row)}: the name is gone`);
  const before = new Map(record.map((row) => [keyOf(row), row.difference]));
  const worse = rows.flatMap((row) => {
    const recorded = before.get(keyOf(row));
    if (!(row.difference < RELATIVE_LIMIT) && !known(row)) {
      return [`${keyOf(row)}: differs by ${row.difference}`];
    }
    const limit = Math.max(NOISE, 10 * (recorded ?? Infinity));
    return row.difference > limit ? [`${keyOf(row)}: ${row.difference}, was ${recorded}`] : [];
  });
  return [...gone, ...worse];
}

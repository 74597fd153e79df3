import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../../fixtures/temporaryFolder';
import { runCommand } from './capture';

let table = '';

async function tableOf(
  header: string,
  row: (i: number) => readonly (string | number)[],
  delimiter = ',',
  rows = 20,
): Promise<string> {
  const folder = temporaryFolder();
  const file = path.join(folder, 'table.csv');
  const lines = Array.from({ length: rows }, (_, i) => row(i).join(delimiter));
  await writeFile(file, `${[header.replaceAll(',', delimiter), ...lines].join('\n')}\n`);
  return file;
}

beforeAll(async () => {
  const folder = temporaryFolder();
  table = path.join(folder, 'cohort.csv');
  const rows = Array.from({ length: 24 }, (_, i) => [
    2 + ((i * 7) % 24),
    i % 3 === 0 ? 0 : 1,
    Math.sin(i * 2.3),
    i === 20 ? 'many' : i,
    2 * Math.sin(i * 2.3) - 1,
  ]);
  await writeFile(
    table,
    `months,event,score,lesions,double\n${rows.map((row) => row.join()).join('\n')}\n`,
  );
});

const columns = ['--time', 'months', '--event', 'event'];

test('evaluate prints every part as JSON', async () => {
  const { code, stdout } = await runCommand(
    ...['evaluate', '--table', table, ...columns, '--score', 'score'],
    ...['--horizons', '6,12,100', '--cut', '0', '--json'],
  );
  expect(code).toBe(0);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ rows: 24, events: 16, uno: { tau: 100 } });
  expect(result.horizons.map((entry: { auc: number | null }) => entry.auc === null)).toEqual([
    false,
    false,
    true,
  ]);
  expect(result.horizons[2].reason).toContain('choose a horizon inside the follow-up');
  expect(result.groups.groups[0].rows + result.groups.groups[1].rows).toBe(24);
});

test('evaluate still discriminates where a Cox model has no estimate', async () => {
  const perfect = await tableOf('t,e,s,flat', (i) => [i + 1, i < 9 ? 1 : 0, -i, 4]);
  const outcome = ['--time', 't', '--event', 'e', '--horizons', '5', '--json'];
  const separated = await runCommand('evaluate', '--table', perfect, ...outcome, '--score', 's');
  const result = JSON.parse(separated.stdout);
  expect(result.harrell.c).toBe(1);
  expect(result.horizons[0]).toMatchObject({ auc: 1, brier: null, cases: 5, controls: 15 });
  expect(result.calibrationSlope).toBeNull();
  expect(result.notes.join(' ')).toContain('separates the events from the rest');
  const flat = await runCommand('evaluate', '--table', perfect, ...outcome, '--score', 'flat');
  expect(JSON.parse(flat.stdout).harrell.c).toBe(0.5);
});

test('cox gives everything that a paper reports as JSON', async () => {
  const { stdout } = await runCommand(
    ...['cox', '--table', table, ...columns, '--covariates', 'score', '--json'],
  );
  const result = JSON.parse(stdout);
  expect(Object.keys(result.coefficients[0])).toEqual([
    'name',
    'coefficient',
    'standardError',
    'interval',
    'hazardRatio',
    'hazardRatioInterval',
    'z',
    'p',
    'mean',
  ]);
  expect(Object.keys(result.tests)).toEqual(
    expect.arrayContaining(['likelihoodRatioP', 'waldP', 'scoreP', 'degreesOfFreedom']),
  );
  expect(result).toMatchObject({ rows: 24, rowsLeftOut: 0, events: 16, eventCoding: '0/1' });
  expect(result.iterations).toBeGreaterThan(1);
});

describe('the forms that tables come in', () => {
  /** Coefficient of x; the outcome is always the same. */
  const coefficient = async (file: string): Promise<Record<string, unknown>> => {
    const { stdout, stderr } = await runCommand(
      ...['cox', '--table', file, '--time', 'follow up', '--event', 'e', '--covariates', 'x'],
      '--json',
    );
    expect(stderr).toBe('');
    const { coefficients, rowsLeftOut, eventCoding, rows } = JSON.parse(stdout);
    return { value: coefficients[0].coefficient, rows, rowsLeftOut, eventCoding };
  };
  const cells = (i: number): number[] => [1 + ((i * 7) % 20), i % 3 === 0 ? 0 : 1, i % 5];
  const HEADER = '"follow up","e","x"';

  test('1 and 2, TRUE and FALSE, semicolons, tabs, quotes, empty cells', async () => {
    const plain = await coefficient(await tableOf(HEADER, cells));
    expect(plain).toMatchObject({ rows: 20, rowsLeftOut: 0, eventCoding: '0/1' });
    const coded = (change: (event: number) => string) =>
      tableOf(HEADER, (i) => [cells(i)[0], change(cells(i)[1]), cells(i)[2]]);
    expect(await coefficient(await coded((event) => String(event + 1)))).toEqual({
      ...plain,
      eventCoding: '1/2',
    });
    expect(await coefficient(await coded((event) => (event ? 'TRUE' : 'FALSE')))).toEqual({
      ...plain,
      eventCoding: 'FALSE/TRUE',
    });
    for (const delimiter of [';', '\t']) {
      expect(await coefficient(await tableOf(HEADER, cells, delimiter))).toEqual(plain);
    }
    const gaps = await tableOf(HEADER, (i) => (i < 20 ? cells(i) : [4, 1, 'NA']), ',', 22);
    expect(await coefficient(gaps)).toEqual({ ...plain, rowsLeftOut: 2 });
  });

  test('categories are compared with the level that sorts first', async () => {
    const file = await tableOf('t,e,stage', (i) => [
      1 + ((i * 11) % 20),
      i % 4 ? 1 : 0,
      'cab'[i % 3],
    ]);
    const { stdout } = await runCommand(
      ...['cox', '--table', file, '--time', 't', '--event', 'e', '--covariates', 'stage'],
      ...['--factors', 'stage', '--json'],
    );
    expect(JSON.parse(stdout).coefficients.map(({ name }: { name: string }) => name)).toEqual([
      'stage=b',
      'stage=c',
    ]);
  });
});

test('cox prints a table for people', async () => {
  const { code, stdout } = await runCommand(
    'cox',
    '--table',
    table,
    ...columns,
    '--covariates',
    'score',
  );
  expect(code).toBe(0);
  expect(stdout).toContain('24 rows, 16 events, ties by efron');
});

test.each([
  [['cox', '--covariates', 'size'], 1, 'has no column “size”'],
  [['cox', '--covariates', 'lesions'], 1, 'row 21, column “lesions” holds “many”'],
  [['cox', '--covariates', 'lesions'], 1, 'name the column in --factors'],
  [
    ['cox', '--covariates', 'score,double'],
    1,
    'double says nothing that score does not say already',
  ],
  [['cox', '--covariates', 'score', '--factors', 'size'], 1, 'not one of the --covariates'],
  [['cox', '--covariates', 'score', '--ties', 'exact'], 2, 'none of efron, breslow'],
  [['evaluate'], 2, '--score'],
])('%j is refused', async (argv, expected, sentence) => {
  const { code, stderr } = await runCommand(...argv, '--table', table, ...columns);
  expect(code).toBe(expected);
  expect(stderr).toContain(sentence);
});

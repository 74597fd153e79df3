import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from './capture';

let table = '';

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'sts-habitat-'));
  table = path.join(folder, 'cohort.csv');
  const rows = Array.from({ length: 24 }, (_, i) => [
    2 + ((i * 7) % 24),
    i % 3 === 0 ? 0 : 1,
    Math.sin(i * 2.3),
    i === 20 ? 'many' : i,
  ]);
  await writeFile(
    table,
    `months,event,score,lesions\n${rows.map((row) => row.join()).join('\n')}\n`,
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
  [['cox', '--covariates', 'score', '--ties', 'exact'], 2, 'none of efron, breslow'],
  [['evaluate'], 2, '--score'],
])('%j is refused', async (argv, expected, sentence) => {
  const { code, stderr } = await runCommand(...argv, '--table', table, ...columns);
  expect(code).toBe(expected);
  expect(stderr).toContain(sentence);
});

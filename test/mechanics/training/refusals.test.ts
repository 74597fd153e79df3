import type { CohortTables } from '../../fixtures/trainingCohort';
import { CohortFolder } from './cohortFolder';

const SMALL = { patients: 40, effect: 1, seed: 3, texturesPerRegion: 2 };

type Change = (tables: CohortTables) => Partial<CohortTables>;

/** Changes one cell; rows count from 1, without the header. */
function cell(table: string, row: number, column: string, value: string): string {
  const lines = table.split('\n').map((line) => line.split(','));
  lines[row][lines[0].indexOf(column)] = value;
  return lines.map((line) => line.join(',')).join('\n');
}

function everyCell(table: string, column: string, value: (row: number) => string): string {
  const rows = table.trim().split('\n').length - 1;
  return Array.from({ length: rows }, (_, k) => k + 1).reduce(
    (changed, row) => cell(changed, row, column, value(row)),
    table,
  );
}

const featureColumns = ({ features }: CohortTables): string[] =>
  features.split('\n')[0].split(',').slice(1);

test.each<[string, Change, string]>([
  [
    'fewer than 10 events',
    ({ clinical }) => ({ clinical: everyCell(clinical, 'event', (row) => (row <= 8 ? '1' : '0')) }),
    'Only 8 of 40 patients had the event: a model needs at least 10 events',
  ],
  [
    'a missing outcome',
    ({ clinical }) => ({ clinical: cell(clinical, 5, 'event', '') }),
    'row 5, column “event” is empty, so patient “P005” has no outcome',
  ],
  [
    'a patient twice',
    ({ clinical }) => ({ clinical: cell(clinical, 7, 'patient', 'P002') }),
    'row 7, column “patient” holds “P002”, who is already in row 2',
  ],
  [
    'a negative time',
    ({ clinical }) => ({ clinical: cell(clinical, 4, 'time', '-3') }),
    'row 4, column “time” holds -3, a negative follow-up time',
  ],
  [
    'an event that is neither 0 nor 1',
    ({ clinical }) => ({ clinical: cell(clinical, 4, 'event', '2') }),
    'row 4, column “event” holds 2: use 1 for an event and 0 for censored',
  ],
  [
    'text in a column of numbers',
    (tables) => ({ features: cell(tables.features, 9, featureColumns(tables)[3], 'n/a') }),
    'row 9, column “peritumour.ceT1.wavelet-LLH_firstorder_Mean” holds “n/a”: give a number',
  ],
  [
    'a batch with one patient',
    ({ clinical }) => ({ clinical: cell(clinical, 11, 'batch', 'lonely') }),
    'The batch “lonely” has one patient',
  ],
  [
    'only constant features',
    (tables) => ({
      features: featureColumns(tables).reduce(
        (changed, column) => everyCell(changed, column, () => '1'),
        tables.features,
      ),
    }),
    'None of the 19 feature columns can be used',
  ],
  [
    'features that tell nothing',
    (tables) => ({
      features: `patient,habitat1.fraction\n${tables.features
        .trim()
        .split('\n')
        .slice(1)
        .map((line, row) => `${line.split(',')[0]},${row % 2}`)
        .join('\n')}\n`,
      clinical: everyCell(
        everyCell(tables.clinical, 'time', (row) => String(1 + ((row - 1) >> 1))),
        'event',
        () => '1',
      ),
    }),
    'All features are filtered out',
  ],
  [
    'an age that separates the events',
    ({ clinical }) => ({
      clinical: everyCell(
        everyCell(
          everyCell(clinical, 'time', (row) => String(row)),
          'event',
          (row) => (row <= 12 ? '1' : '0'),
        ),
        'age',
        (row) => String(90 - row),
      ),
    }),
    'separates the events from the rest',
  ],
  [
    'no patient in common',
    ({ clinical }) => ({ clinical: clinical.replaceAll('\nP', '\nX') }),
    'No patient of',
  ],
  [
    'no word on how the features were measured',
    () => ({ artefacts: '' }),
    'the model cannot say how its features were measured',
  ],
])('%s is refused', async (_, change, sentence) => {
  const outcome = await new CohortFolder(SMALL, change).train();
  expect(outcome.stderr).toContain(sentence);
  expect(outcome.code).toBe(1);
  expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
});

test('a horizon beyond the follow-up is refused', async () => {
  const outcome = await new CohortFolder(SMALL).train({ horizonsMonths: [12, 200] });
  expect(outcome.stderr).toContain('A horizon of 200 months lies beyond the follow-up');
});

test('an unknown setting is refused by name', async () => {
  const outcome = await new CohortFolder(SMALL).train({ selection: { lasso: true } });
  expect(outcome.stderr).toContain('is not valid at selection');
});

test('constant and mostly empty columns are left out, and said', async () => {
  const cohort = new CohortFolder({ ...SMALL, effect: 1.5 }, (tables) => {
    const [, first, second] = featureColumns(tables);
    const constant = everyCell(tables.features, first, () => '3');
    return {
      features: Array.from({ length: 12 }, (_, k) => k + 1).reduce(
        (table, row) => cell(table, row, second, ''),
        constant,
      ),
    };
  });
  const { stdout, stderr } = await cohort.train();
  expect(stderr).toBe('');
  expect(JSON.parse(stdout).warnings.join(' ')).toContain('2 of 19 feature columns were left out');
});

describe('repeated contours', () => {
  /** Two observers of ten patients; the second disagrees entirely on one column. */
  const repeats = (table: string, disagreed: string): string => {
    const [header, ...lines] = table.trim().split('\n').slice(0, 11);
    const names = header.split(',');
    const rows = lines.map((line) => line.split(','));
    return [
      `repeat,${header}`,
      ...rows.map((cells) => `first,${cells.join(',')}`),
      ...rows.map((cells, row) =>
        [
          'second',
          ...cells.map((value, j) => (names[j] === disagreed ? (row * 7) % 10 : value)),
        ].join(','),
      ),
    ].join('\n');
  };

  test('drop the columns that do not come back', async () => {
    const cohort = new CohortFolder({ ...SMALL, effect: 1.5 });
    const table = cohort.read('features.csv');
    const column = table.split('\n')[0].split(',')[5];
    cohort.write('repeats.csv', repeats(table, column));
    const { stdout, stderr } = await cohort.train({
      repeats: { file: 'repeats.csv', form: 'ICC(3,1)' },
    });
    expect(stderr).toBe('');
    const { reliability } = JSON.parse(stdout);
    expect(reliability).toMatchObject({ patients: 10, repeats: 2, dropped: 1, unknown: 0 });
    expect(cohort.read('model.html')).toContain(column);
    expect(reliability.columns).toContainEqual(
      expect.objectContaining({ column, icc: expect.any(Number) }),
    );
  });

  test.each([
    [
      'a repeat that is missing',
      (table: string) => table.split('\n').slice(0, -1).join('\n'),
      'no row of patient',
    ],
    [
      'one observer',
      (table: string) => table.split('\n').slice(0, 11).join('\n'),
      '10 patients and 1 repeats',
    ],
  ])('%s is refused', async (_, change, sentence) => {
    const cohort = new CohortFolder(SMALL);
    cohort.write('repeats.csv', change(repeats(cohort.read('features.csv'), '')));
    const outcome = await cohort.train({ repeats: { file: 'repeats.csv' } });
    expect(outcome.stderr).toContain(sentence);
    expect(outcome.code).toBe(1);
  });
});

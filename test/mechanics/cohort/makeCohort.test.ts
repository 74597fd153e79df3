import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { makeCohort, type MadeCohort } from '../../../models/cohort/makeCohort';
import { columnName } from '../../../src/training/featureName';
import { SMALL_EXTRACTION } from '../../fixtures/smallCohort';
import { runCommand } from '../cli/capture';

const MINUTES = 60_000;

/** The way of `npm run cohort` with a few small patients. */
describe('a simulated cohort', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sts-cohort-'));
  const at = (name: string): string => path.join(folder, name);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function make(): Promise<MadeCohort> {
    writeFileSync(at('extract.yaml'), SMALL_EXTRACTION);
    writeFileSync(at('train.yaml'), 'resamples: 2\nselection: { univariableP: 0.5 }\n');
    const print = process.stdout.write;
    process.stdout.write = () => true;
    try {
      return await makeCohort({
        folder,
        seed: 5,
        size: { training: 11, validation: 3, quick: true },
        threads: 1,
        settings: { extract: at('extract.yaml'), train: at('train.yaml') },
        say: () => undefined,
        quiet: true,
      });
    } finally {
      process.stdout.write = print;
    }
  }

  it(
    'ends in a model that names itself a demonstration and knows its validation',
    async () => {
      const { model, recovery } = await make();
      expect(model.status).toBe('demonstration');
      expect(model.training).toMatchObject({ patients: 11, events: 11, centres: 2 });
      expect(model.validations).toMatchObject([{ patients: 3, events: 3 }]);
      expect(recovery.training.patients).toBe(11);
      expect(recovery.training.viableRank).toBeGreaterThan(0.5);
    },
    10 * MINUTES,
  );

  it(
    'is the same when it is made again',
    async () => {
      const files = ['features.csv', 'validated.json', 'training.html', 'recovery.json'];
      const before = files.map((name) => readFileSync(at(name), 'utf8'));
      await make();
      expect(files.map((name) => readFileSync(at(name), 'utf8'))).toEqual(before);
    },
    10 * MINUTES,
  );

  it(
    'is measured as the viewer measures: an analysis with its model finds the numbers of the table',
    async () => {
      const outcome = await runCommand(
        'analyse',
        ...['--dicom', at('studies/T002'), '--model', at('validated.json')],
        ...['--batch', 'B', '--json', '--quiet'],
      );
      expect(outcome.code).toBe(0);
      const { prognosis } = JSON.parse(outcome.stdout);
      const rows: Record<string, string>[] = parse(readFileSync(at('features.csv')), {
        columns: true,
      });
      const row = rows.find(({ patient }) => patient === 'T002') ?? {};
      expect(prognosis.contributions.length).toBeGreaterThan(0);
      for (const contribution of prognosis.contributions) {
        const cell = row[columnName(contribution)];
        expect(contribution.value).toBe(cell === '' ? null : Number(cell));
      }
    },
    4 * MINUTES,
  );
});

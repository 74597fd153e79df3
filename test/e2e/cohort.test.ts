/** The way of `npm run cohort` with a few small patients: from images to a model and back. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { parseModel } from '../../src/model/parseModel';
import { columnName } from '../../src/training/featureName';
import { SMALL_EXTRACTION } from '../fixtures/smallCohort';

const program = promisify(execFile);
const TRAINING = 'resamples: 2\nselection: { univariableP: 0.5 }\n';

describe('a simulated cohort', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sts-cohort-'));
  const at = (name: string): string => path.join(folder, name);
  const read = (name: string): string => readFileSync(at(name), 'utf8');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function make(threads: number): Promise<void> {
    writeFileSync(at('extract.yaml'), SMALL_EXTRACTION);
    writeFileSync(at('train.yaml'), TRAINING);
    await program(process.execPath, [
      ...['dist/node/cohort.js', '--quick', '--patients', '16,3', '--seed', '5', '--out', folder],
      ...['--extract', at('extract.yaml'), '--train', at('train.yaml')],
      ...['--model', at('demonstration.json'), '--threads', String(threads)],
    ]);
  }

  it('ends in a model that names itself a demonstration and knows its validation', async () => {
    await make(2);
    const model = parseModel(JSON.parse(read('demonstration.json')));
    expect(model.status).toBe('demonstration');
    expect(model.training).toMatchObject({ patients: 16, events: 16, centres: 2 });
    expect(model.validations).toMatchObject([{ patients: 3, events: 3 }]);
    expect(JSON.parse(read('recovery.json')).training.viableRank).toBeGreaterThan(0.4);
  });

  it('is the same when it is made again, on another number of threads', async () => {
    const files = ['features.csv', 'demonstration.json', 'training.html', 'recovery.json'];
    const before = files.map(read);
    await make(1);
    expect(files.map(read)).toEqual(before);
  });

  it('is measured as the viewer measures: an analysis finds the numbers of the table', async () => {
    const { stdout } = await program(process.execPath, [
      ...['dist/node/sts-habitat.js', 'analyse', '--dicom', at('studies/T002')],
      ...['--model', at('demonstration.json'), '--batch', 'B', '--json', '--quiet'],
    ]);
    const { prognosis } = JSON.parse(stdout);
    const rows: Record<string, string>[] = parse(read('features.csv'), { columns: true });
    const row = rows.find(({ patient }) => patient === 'T002') ?? {};
    expect(prognosis.contributions.length).toBeGreaterThan(0);
    for (const contribution of prognosis.contributions) {
      const cell = row[columnName(contribution)];
      expect(contribution.value).toBe(cell === '' ? null : Number(cell));
    }
  });
});

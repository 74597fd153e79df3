import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { writeNifti } from '../../../src/io/writeNifti';
import { readImage } from '../../../src/io/readImage';
import { parseArtefacts } from '../../../src/training/settings';
import { writeSmallCohort } from '../../fixtures/smallCohort';
import { runCommand } from '../cli/capture';

const MINUTES = 60_000;

describe('extract', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sts-extract-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => path.join(folder, name);
  const table = (name: string): Record<string, string>[] =>
    parse(readFileSync(at(name), 'utf8'), { columns: true });
  const extract = (manifest: string, out: string, ...more: string[]) =>
    runCommand(
      'extract',
      ...['--manifest', at(manifest), '--out', at(out), '--threads', '1', '--json', ...more],
    );

  it(
    'goes on after rows that fail, and names them with the reason',
    async () => {
      const { settings } = writeSmallCohort(folder, 3);
      emptyMask(at('S02-tumour.nii.gz'), at('empty.nii.gz'));
      const rows = readFileSync(at('manifest.csv'), 'utf8').trimEnd().split('\n');
      writeFileSync(
        at('mixed.csv'),
        [...rows, 'E01,train,S02-t2.nii.gz,S02-t1.nii.gz,empty.nii.gz,60,A', ''].join('\n'),
      );
      const outcome = await extract('mixed.csv', 'features.csv', '--settings', settings);
      expect(outcome.code).toBe(3);
      expect(outcome.stderr).toContain('Row 4, patient E01: ');
      expect(outcome.stderr).toMatch(/Preparing: 2 of 4 patients, about \d+ (s|min) left/);
      expect(JSON.parse(outcome.stdout)).toMatchObject({ patients: 4, measured: 3, training: 2 });
      expect(table('features.failures.csv')).toEqual([
        {
          row: '4',
          patient: 'E01',
          code: 'MASK_EMPTY',
          reason: expect.stringContaining('no voxel is marked'),
        },
      ]);
      expect(table('features.csv').map(({ patient }) => patient)).toEqual(['S01', 'S02', 'S03']);
    },
    6 * MINUTES,
  );

  test('has a column for every feature of every region', () => {
    const [row] = table('features.csv');
    const columns = Object.keys(row);
    expect(columns.slice(0, 5)).toEqual(['patient', 'cohort', 'batch', 'age', 'tumour.voxelCount']);
    // 3 regions: count, 14 shape, 2 x 93; 3 habitats: count, fraction, 2 x 93.
    expect(columns).toHaveLength(4 + 3 * (1 + 14 + 2 * 93) + 3 * (2 + 2 * 93));
    const fractions = [1, 2, 3].map((i) => Number(row[`habitat${i}.fraction`]));
    expect(fractions[0] + fractions[1] + fractions[2]).toBeCloseTo(1, 12);
    const [tumour, ring, expansion] = ['tumour', 'peritumour', 'expansion'].map((region) =>
      Number(row[`${region}.voxelCount`]),
    );
    expect(tumour + ring).toBe(expansion);
    expect(Object.values(row).every((cell) => cell !== 'NaN')).toBe(true);
  });

  it(
    'fits nothing on another cohort: artefacts give its patients what the first run gave them',
    async () => {
      const outcome = await extract(
        'manifest.csv',
        'other.csv',
        '--artefacts',
        at('features.artefacts.json'),
      );
      expect(outcome.code).toBe(0);
      expect(readFileSync(at('other.csv'), 'utf8')).toBe(readFileSync(at('features.csv'), 'utf8'));
    },
    6 * MINUTES,
  );

  it(
    'fits landmarks and habitats on the training patients only',
    async () => {
      const rows = readFileSync(at('manifest.csv'), 'utf8').trimEnd().split('\n');
      writeFileSync(at('training.csv'), `${rows.slice(0, 3).join('\n')}\n`);
      const settings = ['--settings', at('settings.yaml')];
      expect((await extract('training.csv', 'training-only.csv', ...settings)).code).toBe(0);
      const artefacts = (name: string) =>
        parseArtefacts(JSON.parse(readFileSync(at(name), 'utf8')), name);
      expect(artefacts('training-only.artefacts.json')).toEqual(
        artefacts('features.artefacts.json'),
      );
    },
    6 * MINUTES,
  );

  it(
    'takes nothing of an earlier run when an image has changed',
    async () => {
      const settings = ['--settings', at('settings.yaml'), '--resume'];
      const before = table('features.csv');
      writeFileSync(at('S03-t1.nii.gz'), readFileSync(at('S02-t1.nii.gz')));
      writeFileSync(at('S03-t2.nii.gz'), readFileSync(at('S02-t2.nii.gz')));
      writeFileSync(at('S03-tumour.nii.gz'), readFileSync(at('S02-tumour.nii.gz')));
      await extract('manifest.csv', 'features.csv', ...settings);
      const after = table('features.csv');
      expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
      expect(measured(after[2])).toEqual(measured(after[1]));
      expect(after[2]).not.toEqual(before[2]);
    },
    6 * MINUTES,
  );
});

/** Without what the manifest says of the patient. */
function measured(row: Record<string, string>): [string, string][] {
  return Object.entries(row).slice(4);
}

function emptyMask(from: string, to: string): void {
  const { grid, data } = readImage(readFileSync(from), from);
  writeFileSync(to, writeNifti({ grid, data: new Uint8Array(data.length) }));
}

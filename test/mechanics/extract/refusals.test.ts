import { chmodSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand, type Outcome } from '../cli/capture';

const folder = mkdtempSync(path.join(tmpdir(), 'sts-manifest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
}

function extract(manifest: string, ...more: string[]): Promise<Outcome> {
  const out = path.join(folder, 'features.csv');
  return runCommand(
    'extract',
    ...['--manifest', file('manifest.csv', manifest), '--out', out, '--quiet', '--threads', '1'],
    ...more,
  );
}

const HEADER = 'patient,cohort,fs_t2,ce_t1,tumour,label,age,batch';

describe('a manifest is refused in one sentence', () => {
  it.each([
    ['when it is empty', '', 'has no column “patient”'],
    ['without a row', `${HEADER}\n`, 'names no patient'],
    [
      'for a column that it does not have',
      'patient,fs_t2,ce_t1,tumour,hospital\nP1,a.nii,b.nii,c.nii,X\n',
      'the column “hospital”',
    ],
    [
      'for a patient twice',
      `${HEADER}\nP1,train,a.nii,b.nii,c.nii,,,\nP1,train,a.nii,b.nii,c.nii,,,\n`,
      'row 2, column “patient” holds “P1”, who is already in row 1',
    ],
    [
      'for a patient in both cohorts',
      `${HEADER}\nP1,train,a.nii,b.nii,c.nii,,,\nP1,validation,a.nii,b.nii,c.nii,,,\n`,
      'who is in row 1 of the other cohort',
    ],
    [
      'for text in a column of numbers',
      `${HEADER}\nP1,train,a.nii,b.nii,c.nii,,old,\n`,
      'row 1, column “age” holds “old”',
    ],
    [
      'for a label that is no whole number',
      `${HEADER}\nP1,train,a.nii,b.nii,c.nii,1.5,,\n`,
      'row 1, column “label” holds 1.5',
    ],
    [
      'for a cohort of another name',
      `${HEADER}\nP1,test,a.nii,b.nii,c.nii,,,\n`,
      'column “cohort” holds “test”: write train or validation',
    ],
    ['without images', `${HEADER}\nP1,train,a.nii,,c.nii,,,\n`, 'row 1, column “ce_t1” is empty'],
    [
      'for an archive without a study',
      'patient,dicomweb,study\nP1,http://localhost:1/dicom-web,\n',
      'column “study” is empty',
    ],
    ['without a name', `${HEADER}\n,train,a.nii,b.nii,c.nii,,,\n`, 'column “patient” is empty'],
  ])('%s', async (_, manifest, sentence) => {
    const outcome = await extract(manifest);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain(sentence);
    expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
  });
});

const ONE = `${HEADER}\nP1,train,absent.nii,b.nii,c.nii,,,\n`;

describe('an extraction', () => {
  it('says what is missing, row by row, and that nothing could be fitted', async () => {
    const outcome = await extract(ONE);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('Row 1, patient P1: ');
    expect(outcome.stderr).toContain('absent.nii does not exist');
    expect(outcome.stderr).toContain('No training patient could be prepared');
  });

  it('does not start when its table cannot be written', async () => {
    const absent = await extract(ONE, '--out', path.join(folder, 'no such folder', 'x.csv'));
    expect(absent).toMatchObject({ code: 1 });
    expect(absent.stderr).toContain('missing or protected');
    mkdirSync(path.join(folder, 'taken.csv'));
    const taken = await extract(ONE, '--out', path.join(folder, 'taken.csv'));
    expect(taken.stderr).toContain('is a folder');
    // The work folder's name is taken by a file.
    chmodSync(file('blocked.work', ''), 0o600);
    const blocked = await extract(ONE, '--out', path.join(folder, 'blocked.csv'));
    expect(blocked.code).toBe(1);
    expect(blocked.stderr).toContain('blocked.work for intermediate results cannot be written');
  });

  it.each([
    ['an unknown entry', 'feature: {}', 'is not valid at its top level'],
    ['an unknown preset', 'features: { regions: paper1907 }', 'features.regions'],
    [
      'settings of one image type',
      'features: { regions: { imageType: { Original: { binWidth: 3 } } } }',
      'sets binWidth for the image type Original only',
    ],
    [
      'an image type that a model cannot name',
      'features: { regions: { imageType: { LBP2D: {} } } }',
      'which a model file cannot name',
    ],
    [
      'a feature that is not known',
      'features: { regions: { featureClass: { glcm: [Contrats] } } }',
      'did you mean glcm_Contrast',
    ],
    ['no settings at all', '- 1', 'holds no settings'],
  ])('refuses %s', async (_, yaml, sentence) => {
    const outcome = await extract(ONE, '--settings', file('settings.yaml', yaml));
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain(sentence);
  });

  it('takes either settings or artefacts', async () => {
    const outcome = await extract(ONE, '--settings', 'orig107', '--artefacts', 'x.json');
    expect(outcome.code).toBe(2);
  });
});

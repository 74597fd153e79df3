import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'fflate';
import { jest } from '@jest/globals';
import { EXIT, run } from '../../../cli/run';
import { writeNifti } from '../../../src/io/writeNifti';
import type { Grid } from '../../../src/volume/volume';

const grid: Grid = {
  size: [10, 9, 8],
  spacingMm: [1, 1, 1.5],
  originMm: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
const folder = mkdtempSync(path.join(tmpdir(), 'features-'));
const file = (name: string): string => path.join(folder, name);

let errors = '';
beforeEach(() => {
  errors = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += String(text);
    return true;
  });
});
afterEach(() => jest.restoreAllMocks());

beforeAll(() => {
  const data = Int16Array.from({ length: 720 }, (_, i) => (i * 37) % 300);
  const labels = Uint8Array.from({ length: 720 }, (_, i) => (i % 10 < 6 ? 2 : 0));
  writeFileSync(file('image.nii.gz'), writeNifti({ grid, data }));
  writeFileSync(file('labels.nii.gz'), writeNifti({ grid, data: labels }));
  writeFileSync(file('wrong.yaml'), 'setting: {binWidht: 5}');
});
afterAll(() => rmSync(folder, { recursive: true }));

const features = (...options: string[]): Promise<number> =>
  run([
    'features',
    file('image.nii.gz'),
    file('labels.nii.gz'),
    '--quiet',
    '--threads',
    '1',
    ...options,
  ]);

test('writes a table with PyRadiomics names and shortest exact numbers', async () => {
  const code = await features('--label', '2', '--settings', 'orig107', '--out', file('out.csv'));
  expect([code, errors]).toEqual([EXIT.done, '']);
  const [header, ...rows] = readFileSync(file('out.csv'), 'utf8').trimEnd().split('\n');
  expect(header).toBe('feature,value');
  expect(rows.length).toBe(107);
  expect(rows[0]).toMatch(/^original_shape_Elongation,0\.\d+$/);
  expect(rows.every((row) => Number.isFinite(Number(row.split(',')[1])))).toBe(true);
});

test('says which features a single slice has not, as PyRadiomics leaves them out', async () => {
  const slice = { ...grid, size: [10, 9, 1] as const };
  const data = Int16Array.from({ length: 90 }, (_, i) => (i * 37) % 300);
  writeFileSync(file('slice.nii'), gunzipSync(writeNifti({ grid: slice, data })));
  const mask = Uint8Array.from({ length: 90 }, (_, i) => (i % 10 < 6 ? 1 : 0));
  writeFileSync(file('slice-mask.nii'), gunzipSync(writeNifti({ grid: slice, data: mask })));
  writeFileSync(
    file('log.yaml'),
    'imageType: {Original: {}, LoG: {sigma: [2]}}\nfeatureClass: {firstorder: [Mean]}',
  );
  const images = [file('slice.nii'), file('slice-mask.nii')];
  const options = ['--settings', file('log.yaml'), '--out', file('slice.csv'), '--threads', '1'];
  expect(await run(['features', ...images, ...options])).toBe(EXIT.done);
  expect(errors).toMatch(
    /Caution: 1 of 2 features are left out, .* for the filter of log-sigma-2-mm-3D\.\n/,
  );
});

test('--json writes an object', async () => {
  await features('--label', '2', '--settings', 'orig93', '--json', '--out', file('out.json'));
  const values: unknown = JSON.parse(readFileSync(file('out.json'), 'utf8'));
  expect(values).toHaveProperty('original_glcm_Contrast', expect.any(Number));
});

describe('diagnostics', () => {
  const settings = (additionalInfo: string): string => {
    const name = file(`info${additionalInfo}.yaml`);
    writeFileSync(
      name,
      `setting: {${additionalInfo} label: 2}\nfeatureClass: {firstorder: [Mean]}`,
    );
    return name;
  };

  test('additionalInfo: true writes them first, quoted where they hold commas', async () => {
    await features('--settings', settings('additionalInfo: true,'), '--out', file('info.csv'));
    const rows = readFileSync(file('info.csv'), 'utf8').trimEnd().split('\n');
    expect(rows[1]).toMatch(/^diagnostics_Versions_STS-Habitat,\d+\.\d+\.\d+/);
    expect(rows).toContain('diagnostics_Image-original_Size,"(10, 9, 8)"');
    expect(rows).toContain('diagnostics_Image-original_Spacing,"(1.0, 1.0, 1.5)"');
    expect(rows).toContain('diagnostics_Mask-original_BoundingBox,"(0, 0, 0, 6, 9, 8)"');
    expect(rows).toContain('diagnostics_Mask-original_VoxelNum,432');
    expect(rows.join()).not.toMatch(/PyRadiomics|Numpy/);
    expect(rows.at(-1)).toMatch(/^original_firstorder_Mean,/);
  });

  test('in JSON as text', async () => {
    const name = settings('additionalInfo: true,');
    await features('--settings', name, '--json', '--out', file('info.json'));
    const values: unknown = JSON.parse(readFileSync(file('info.json'), 'utf8'));
    expect(values).toHaveProperty('diagnostics_Mask-original_VolumeNum', '1');
    expect(values).toHaveProperty('original_firstorder_Mean', expect.any(Number));
  });

  test("not without it, although it is PyRadiomics' default", async () => {
    await features('--settings', settings(''), '--out', file('plain.csv'));
    expect(readFileSync(file('plain.csv'), 'utf8')).not.toMatch(/diagnostics/);
  });
});

test.each([
  ['the default label is not there', [], /no voxel of label 1: choose one of 2 with --label/],
  ['unknown setting', ['--label', '2', '--settings', file('wrong.yaml')], /did you mean binWidth/],
  ['no such preset', ['--label', '2', '--settings', 'orig'], /neither a preset/],
  ['no such file', ['--settings', file('none.yaml')], /does not exist/],
])('%s: refused in one line', async (_, options, reason) => {
  expect(await features(...options)).toBe(EXIT.refused);
  expect(errors).toMatch(reason);
  expect(errors.trimEnd().split('\n').length).toBe(1);
});

test('wrong usage', async () => {
  expect(await features('--label', 'two')).toBe(EXIT.usage);
});

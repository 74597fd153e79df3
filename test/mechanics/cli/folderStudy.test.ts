import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { studyFromFolder } from '../../../cli/folderStudy';
import type { Study } from '../../../cli/study';
import { writePart10 } from '../../../src/dicom/dcmjsFacade';
import type { WritableDataset } from '../../../src/dicom/dcmjsFacade';
import { imageDataset } from '../dicom/synthetic';

const folder = mkdtempSync(path.join(tmpdir(), 'sts-folder-'));
const said: string[] = [];
const progress = {
  step: () => undefined,
  say: (line: string) => void said.push(line),
  end: () => undefined,
};

const file = (name: string): string => path.join(folder, name);
const image = (k: number, changes: WritableDataset = {}): Uint8Array =>
  writePart10({ ...imageDataset({}, k), ...changes });
const read = (): Promise<Study> => studyFromFolder(folder, progress);

beforeEach(() => {
  said.length = 0;
  rmSync(folder, { recursive: true });
  mkdirSync(path.join(folder, 'series 1'), { recursive: true });
  // Names as exports give them: letters of other scripts, carets, spaces, no extension.
  ['I0001', 'Müller^Jörg 2.dcm', '山田^太郎-3', 'series 1/4'].forEach((name, k) => {
    writeFileSync(file(name), image(k));
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

test('images below the folder, whatever their names', async () => {
  const { series } = await read();
  expect(series.map(({ images }) => images)).toEqual([4]);
});

test('other files, hidden ones and a DICOMDIR are passed over', async () => {
  writeFileSync(file('README.txt'), 'notes');
  writeFileSync(file('.DS_Store'), '');
  const directory = { SOPClassUID: '1.2.840.10008.1.3.10', SOPInstanceUID: '1.2.3' };
  writeFileSync(file('DICOMDIR'), writePart10(directory));
  writeFileSync(file('dicomdir.bak'), writePart10(directory));
  const { series } = await read();
  expect(series.map(({ images }) => images)).toEqual([4]);
  expect(said).toEqual([`${folder}: 3 files are not DICOM objects and were passed over`]);
});

test.each<[string, Uint8Array, RegExp]>([
  ['cut off in the pixel data', image(4).subarray(0, -50), /bad\.dcm is cut off in its pixel data/],
  ['cut off in the header', image(4).subarray(0, 601), /bad\.dcm is cut off in its header/],
  ['cut off in the first 128 bytes', image(4).subarray(0, 100), /bad\.dcm holds nothing but zeros/],
  ['empty', new Uint8Array(), /bad\.dcm is empty/],
])('an image that is %s is refused by its name', async (_, bytes, expected) => {
  writeFileSync(file('bad.dcm'), bytes);
  await expect(read()).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: expect.stringMatching(expected) as string,
  });
});

test('two studies, and two patients in one study', async () => {
  writeFileSync(file('5'), image(4, { StudyInstanceUID: '1.2.3' }));
  await expect(read()).rejects.toMatchObject({
    code: 'PATIENT_MISMATCH',
    message: `The folder ${folder} holds 2 studies of one patient: give a folder with one study of one patient.`,
  });
  writeFileSync(file('5'), image(4, { PatientID: 'OTHER' }));
  await expect(read()).rejects.toMatchObject({
    code: 'PATIENT_MISMATCH',
    message: `The folder ${folder} holds one study of 2 patients: give a folder with one study of one patient.`,
  });
});

test('no DICOM file at all, and no folder', async () => {
  rmSync(folder, { recursive: true });
  await expect(read()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  mkdirSync(folder);
  await expect(read()).rejects.toMatchObject({ code: 'SERIES_MISSING' });
});

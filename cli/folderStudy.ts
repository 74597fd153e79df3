import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError, isInputError } from '../src/chain/errors';
import { text } from '../src/dicom/attributes';
import { parseInstance, type DicomInstance } from '../src/dicom/instance';
import { describeStudy, type FoundSeries, type Study } from './study';
import type { Progress } from './progress';

const CONTOURS: ReadonlySet<string> = new Set(['SEG', 'RTSTRUCT']);

/**
 * Reads every DICOM file below a folder; other files are passed over, and said to be.
 * @throws InputError FILE_UNREADABLE, SERIES_MISSING; PATIENT_MISMATCH when it holds several studies
 */
export async function studyFromFolder(folder: string, progress: Progress): Promise<Study> {
  const instances = await readInstances(folder, progress);
  const studies = new Set(instances.map(({ dataset }) => text(dataset, 'StudyInstanceUID')));
  if (studies.size > 1) {
    throw new InputError(
      'PATIENT_MISMATCH',
      `The folder ${folder} holds ${studies.size} studies: give a folder with one.`,
    );
  }
  const files = instances.map(({ part10 }) => part10);
  return describeStudy({ kind: 'files', files }, groupBySeries(instances), `The folder ${folder}`);
}

async function readInstances(folder: string, progress: Progress): Promise<DicomInstance[]> {
  const files = await listFiles(folder);
  const instances: DicomInstance[] = [];
  let passedOver = 0;
  for (const [index, file] of files.entries()) {
    progress.step(`Reading ${folder}`, index / files.length);
    const bytes = await readFile(file);
    const part10 = new Uint8Array(bytes).buffer;
    const instance = tryParse(part10, file);
    if (instance) instances.push(instance);
    else passedOver++;
  }
  if (passedOver > 0)
    progress.say(`${folder}: ${passedOver} files are not DICOM and were passed over`);
  return instances;
}

/** A file without the DICM mark is not DICOM; one with it that cannot be read is a refusal. */
function tryParse(part10: ArrayBuffer, file: string): DicomInstance | null {
  try {
    return parseInstance(part10, file);
  } catch (error) {
    if (isInputError(error) && !hasDicomMark(part10)) return null;
    throw error;
  }
}

function hasDicomMark(part10: ArrayBuffer): boolean {
  const mark = new Uint8Array(part10, 0, Math.min(132, part10.byteLength)).subarray(128);
  return String.fromCharCode(...mark) === 'DICM';
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name !== 'DICOMDIR')
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort();
  } catch (cause) {
    throw new InputError(
      'FILE_UNREADABLE',
      `The folder ${folder} cannot be read: check the path.`,
      {
        cause,
      },
    );
  }
}

function groupBySeries(instances: readonly DicomInstance[]): FoundSeries[] {
  const series = new Map<string, DicomInstance[]>();
  for (const instance of instances) {
    const uid = text(instance.dataset, 'SeriesInstanceUID');
    series.set(uid, [...(series.get(uid) ?? []), instance]);
  }
  return [...series.values()].map((members) => ({
    dataset: members[0].dataset,
    images: members.length,
    contours: members.filter(({ dataset }) => CONTOURS.has(text(dataset, 'Modality'))),
  }));
}

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError, isInputError } from '../src/chain/errors';
import { text } from '../src/dicom/attributes';
import { hasDicomMark, isMediaDirectory } from '../src/dicom/completeness';
import { parseInstance, type DicomInstance } from '../src/dicom/instance';
import { describeStudy, type FoundSeries, type Study } from './study';
import type { Progress } from './progress';

const CONTOURS: ReadonlySet<string> = new Set(['SEG', 'RTSTRUCT']);

/**
 * Reads every DICOM file below a folder; other files are passed over, and said to be; hidden
 * ones are not looked at.
 * @throws InputError FILE_UNREADABLE, SERIES_MISSING; PATIENT_MISMATCH when it holds several studies
 */
export async function studyFromFolder(folder: string, progress: Progress): Promise<Study> {
  const instances = await readInstances(folder, progress);
  requireOneStudy(instances, folder);
  const files = instances.map(({ part10 }) => part10);
  return describeStudy({ kind: 'files', files }, groupBySeries(instances), `The folder ${folder}`);
}

function requireOneStudy(instances: readonly DicomInstance[], folder: string): void {
  const distinct = (keyword: string): number =>
    new Set(instances.map(({ dataset }) => text(dataset, keyword))).size;
  const studies = distinct('StudyInstanceUID');
  const patients = distinct('PatientID');
  if (studies <= 1 && patients <= 1) return;
  const counted = studies > 1 ? `${studies} studies` : 'one study';
  throw new InputError(
    'PATIENT_MISMATCH',
    `The folder ${folder} holds ${counted} of ${patients > 1 ? `${patients} patients` : 'one patient'}: give a folder with one study of one patient.`,
  );
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
    progress.say(`${folder}: ${passedOver} files are not DICOM objects and were passed over`);
  return instances;
}

/** Files of another kind are passed over; a DICOM file that cannot be read is a refusal. */
function tryParse(part10: ArrayBuffer, file: string): DicomInstance | null {
  if (isMediaDirectory(part10)) return null;
  try {
    return parseInstance(part10, file);
  } catch (error) {
    if (isInputError(error) && isOfAnotherKind(part10)) return null;
    throw error;
  }
}

/** An empty file, or one with nothing but zeros, may be an image whose copy was broken off. */
function isOfAnotherKind(part10: ArrayBuffer): boolean {
  return !hasDicomMark(part10) && new Uint8Array(part10).some((byte) => byte !== 0);
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
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

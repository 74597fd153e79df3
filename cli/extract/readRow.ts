/**
 * The images of a manifest row, and a digest of them: the same digest means the same images, so that
 * work of an earlier run can be told from stale work.
 */
import { createHash } from 'node:crypto';
import type { TumourSource } from '../../src/chain/analysis';
import { readStudy } from '../../src/chain/stages/read';
import type { Study } from '../../src/chain/stages/read';
import type { Run } from '../../src/chain/stage';
import type { StageOutcome } from '../../src/chain/stageLog';
import { connectArchive } from '../../src/dicom/archive';
import { text } from '../../src/dicom/attributes';
import { guessSeriesRoles, requireSeriesRoles } from '../../src/dicom/seriesRoles';
import { canonicalJson } from '../../src/model/hashModel';
import type { SequenceId } from '../../src/model/schema';
import { archiveAddress, studyFromArchive } from '../archiveStudy';
import { chooseTumour } from '../chooseTumour';
import { studyFromFolder } from '../folderStudy';
import { readBytes } from '../imageFiles';
import { createProgress } from '../progress';
import type { Study as FoundStudy } from '../study';
import { studyFromImageFiles } from './imageFileStudy';
import type { DicomRoles, StudyLocation } from './manifest';

export interface RowImages {
  /** Hexadecimal; of the images' content and of what is taken from them. */
  readonly digest: string;
  read(run: Run): Promise<StageOutcome<Study>>;
}

/** @throws InputError for a location that cannot be read */
export async function openRow(location: StudyLocation): Promise<RowImages> {
  switch (location.kind) {
    case 'files':
      return openFiles(location);
    case 'dicom':
      return openFolder(location.folder, location.roles);
    case 'dicomweb':
      return openArchive(location);
  }
}

async function openFiles({
  label,
  ...names
}: Extract<StudyLocation, { kind: 'files' }>): Promise<RowImages> {
  const named = async (file: string) => ({ file, bytes: await readBytes(file) });
  const files = {
    fsT2: await named(names.fsT2),
    ceT1: await named(names.ceT1),
    tumour: await named(names.tumour),
  };
  const digests = [files.fsT2, files.ceT1, files.tumour].map(({ bytes }) => sha256(bytes));
  return {
    digest: digestOf({ digests, label }),
    read: async () => studyFromImageFiles(files, label),
  };
}

async function openFolder(folder: string, roles: DicomRoles): Promise<RowImages> {
  const found = await studyFromFolder(folder, createProgress(true));
  const chosen = chooseIn(found, roles);
  const { source } = found;
  const files = source.kind === 'files' ? source.files : [];
  const digests = files.map((file) => sha256(new Uint8Array(file))).sort();
  return {
    digest: digestOf({ digests, ...chosen }),
    read: (run) => readStudy({ source, ...chosen }, run),
  };
}

/** An instance never changes under its UID, so the UIDs stand for the pixels, which need not be sent. */
async function openArchive({
  root,
  study,
  roles,
}: Extract<StudyLocation, { kind: 'dicomweb' }>): Promise<RowImages> {
  const address = archiveAddress(root);
  const found = await studyFromArchive(address, study, createProgress(true));
  const chosen = chooseIn(found, roles);
  const { series, tumour } = chosen;
  const tumourSeries = tumour.kind === 'drawn' ? [] : [tumour.seriesInstanceUid];
  const archive = connectArchive(address);
  const instances: string[] = [];
  for (const uid of [series.fsT2, series.ceT1, ...tumourSeries]) {
    const metadata = await archive.retrieveMetadata(study, uid);
    instances.push(...metadata.map((dataset) => text(dataset, 'SOPInstanceUID')).sort());
  }
  return {
    digest: digestOf({ instances, ...chosen }),
    read: (run) => readStudy({ source: found.source, ...chosen }, run),
  };
}

function chooseIn(
  { series, tumours }: FoundStudy,
  roles: DicomRoles,
): { readonly series: Record<SequenceId, string>; readonly tumour: TumourSource } {
  const guessed = guessSeriesRoles(series);
  return {
    series: requireSeriesRoles(
      { fsT2: roles.fsT2 ?? guessed.fsT2, ceT1: roles.ceT1 ?? guessed.ceT1 },
      series,
    ),
    tumour: chooseTumour(tumours, roles.tumour ?? undefined),
  };
}

function digestOf(content: unknown): string {
  return sha256(canonicalJson(content));
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

import { InputError } from '../src/chain/errors';
import { connectArchive, type Archive } from '../src/dicom/archive';
import { text } from '../src/dicom/attributes';
import { parseInstance } from '../src/dicom/instance';
import type { Progress } from './progress';
import { describeStudy, type FoundSeries, type Study } from './study';

const CONTOURS: ReadonlySet<string> = new Set(['SEG', 'RTSTRUCT']);
/** A secret belongs neither into the process list nor into a shell's history. */
const AUTHORIZATION = 'STS_DICOMWEB_AUTHORIZATION';

export interface ArchiveAddress {
  readonly root: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function archiveAddress(root: string): ArchiveAddress {
  const authorization = process.env[AUTHORIZATION];
  return { root, headers: authorization ? { Authorization: authorization } : {} };
}

/** @throws InputError of the archive, or SERIES_MISSING */
export async function studyFromArchive(
  address: ArchiveAddress,
  studyInstanceUid: string,
  progress: Progress,
): Promise<Study> {
  const archive = connectArchive(address);
  progress.step('Looking the study up', 0);
  const series = await archive.searchSeries(studyInstanceUid);
  if (series.length === 0) {
    throw new InputError(
      'SERIES_MISSING',
      `The archive has no series of the study ${studyInstanceUid}: check --study.`,
    );
  }
  const found: FoundSeries[] = [];
  for (const [index, item] of series.entries()) {
    progress.step('Looking the study up', index / series.length);
    const uid = text(item, 'SeriesInstanceUID');
    const modality = text(item, 'Modality');
    if (CONTOURS.has(modality)) {
      found.push(await findContours(archive, studyInstanceUid, uid));
    } else if (modality === 'MR') {
      found.push(await findImages(archive, studyInstanceUid, uid));
    }
  }
  const source = { kind: 'dicomweb', ...address, studyInstanceUid } as const;
  return describeStudy(source, found, `The study ${studyInstanceUid}`);
}

async function findContours(archive: Archive, study: string, series: string): Promise<FoundSeries> {
  const files = await archive.retrieveSeries(study, series);
  const contours = files.map((part10) => parseInstance(part10));
  return { dataset: contours[0].dataset, images: contours.length, contours };
}

async function findImages(archive: Archive, study: string, series: string): Promise<FoundSeries> {
  const metadata = await archive.retrieveMetadata(study, series);
  return { dataset: metadata[0] ?? {}, images: metadata.length, contours: [] };
}

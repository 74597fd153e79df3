/** The DICOM instances of a study, from an archive or from files. */
import { connectArchive } from '../dicom/archive';
import type { Archive, ArchiveOptions } from '../dicom/archive';
import { text } from '../dicom/attributes';
import { parseInstance } from '../dicom/instance';
import type { DicomInstance } from '../dicom/instance';
import type { ImageSource } from './analysis';
import { earlierResultsAmong, earlierResultsIn } from './earlierResults';
import type { EarlierResult } from './earlierResults';
import type { Run } from './stage';

/** New headers after these were refused with 401; null when there are none. */
export type RenewHeaders = (
  refused: Readonly<Record<string, string>>,
) => Promise<Readonly<Record<string, string>> | null>;

export interface ReadOptions {
  readonly renewHeaders?: RenewHeaders | undefined;
  /** Also look for results of ours that the study holds already. */
  readonly earlier?: boolean;
}

export interface Found {
  readonly ofSeries: (seriesInstanceUid: string) => readonly DicomInstance[];
  readonly earlier: readonly EarlierResult[];
}

/** @param wanted series that are fetched; files are all read */
export function findInstances(
  source: ImageSource,
  wanted: readonly string[],
  run: Run,
  options: ReadOptions,
): Found | Promise<Found> {
  return source.kind === 'files'
    ? readFiles(source.files, run, options)
    : readArchive(source, wanted, run, options);
}

function readFiles(
  files: readonly ArrayBuffer[],
  run: Run,
  { earlier = false }: ReadOptions,
): Found {
  const instances = files.map((file, i) => {
    run.signal.throwIfAborted();
    return parseInstance(file, `File ${i + 1}`);
  });
  return { ofSeries: bySeries(instances), earlier: earlier ? earlierResultsAmong(instances) : [] };
}

async function readArchive(
  source: Extract<ImageSource, { kind: 'dicomweb' }>,
  series: readonly string[],
  run: Run,
  { renewHeaders, earlier = false }: ReadOptions,
): Promise<Found> {
  const archive = archiveOf(source, renewHeaders);
  const { signal } = run;
  const instances: DicomInstance[] = [];
  for (const [i, uid] of series.entries()) {
    const report: Run['report'] = (fraction, message) =>
      run.report((i + fraction) / series.length, message);
    const files = await archive.retrieveSeries(source.studyInstanceUid, uid, { signal, report });
    const first = instances.length + 1;
    instances.push(...files.map((file, k) => parseInstance(file, `File ${first + k}`)));
  }
  return {
    ofSeries: bySeries(instances),
    earlier: earlier ? await earlierResultsIn(archive, source.studyInstanceUid, signal) : [],
  };
}

/** The archive of a source. When a request is refused with 401, the new headers serve the later ones too. */
export function archiveOf(
  { root, headers }: Extract<ImageSource, { kind: 'dicomweb' }>,
  renewHeaders?: RenewHeaders,
): Archive {
  let current = headers;
  const renew: ArchiveOptions['renew'] = async (refused) => {
    const next = await renewHeaders?.(refused);
    if (!next) return false;
    current = next;
    return true;
  };
  return connectArchive({ root, headers: () => current, renew });
}

function bySeries(instances: readonly DicomInstance[]): Found['ofSeries'] {
  return (uid) => instances.filter(({ dataset }) => text(dataset, 'SeriesInstanceUID') === uid);
}

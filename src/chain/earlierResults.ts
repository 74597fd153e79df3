/**
 * Results of ours that the study holds already. A result of the same lesion names the newest of them as
 * its predecessor and keeps the tracking UIDs (PS3.3 C.17.2.4 Predecessor Documents; PS3.16 TID 1411:
 * a tracking UID stands for one thing through all reports).
 */
import type { Archive } from '../dicom/archive';
import { statusOf } from '../dicom/archiveErrors';
import { text } from '../dicom/attributes';
import { parseInstance } from '../dicom/instance';
import type { DicomInstance } from '../dicom/instance';
import type { ObjectUids, ReportInput } from '../dicom/outputTypes';
import { REPORT_DESCRIPTION } from '../dicom/reportDescription';
import { readTumour } from '../dicom/readTumour';
import type { ImageSeries } from '../dicom/series';
import { readReport } from '../dicom/sr/readReport';
import type { StoredReport } from '../dicom/sr/readReport';
import { isHabitatReport, newestFirst } from '../dicom/sr/reportIdentity';
import { newObjectUids } from '../dicom/uid';
import { InputError, isInputError } from './errors';

export interface EarlierResult {
  readonly report: StoredReport;
  /** null when the archive no longer has it. */
  readonly segmentation: DicomInstance | null;
}

/** Newest first. Other objects and reports that cannot be read are passed over. */
export function earlierResultsAmong(instances: readonly DicomInstance[]): EarlierResult[] {
  const reports = instances.flatMap(({ dataset }) => {
    if (!isHabitatReport(dataset)) return [];
    try {
      return [readReport(dataset)];
    } catch (error) {
      if (isInputError(error)) return [];
      throw error;
    }
  });
  const byUid = new Map(reports.map((report) => [report.identity.sopInstanceUid, report]));
  return newestFirst([...byUid.values()].map(({ identity }) => identity)).flatMap(
    ({ sopInstanceUid }) => {
      const report = byUid.get(sopInstanceUid);
      if (!report) return [];
      const isSegmentation = ({ dataset }: DicomInstance): boolean =>
        text(dataset, 'SOPInstanceUID') === report.segmentation.sopInstanceUid;
      return [{ report, segmentation: instances.find(isSegmentation) ?? null }];
    },
  );
}

/** Looks for them in the archive. */
export async function earlierResultsIn(
  archive: Archive,
  study: string,
  signal?: AbortSignal,
): Promise<EarlierResult[]> {
  const series = await archive.searchSeries(study, signal);
  const reports: DicomInstance[] = [];
  for (const item of series.filter(mayHoldReport)) {
    const files = await archive.retrieveSeries(study, text(item, 'SeriesInstanceUID'), {
      ...(signal ? { signal } : {}),
    });
    reports.push(...files.map((file) => parseInstance(file, 'A stored report')));
  }
  const found = earlierResultsAmong(reports);
  const whole: EarlierResult[] = [];
  for (const { report } of found) {
    const { seriesInstanceUid, sopInstanceUid } = report.segmentation;
    const segmentation = await unlessGone(() =>
      archive.retrieveInstance(study, seriesInstanceUid, sopInstanceUid, signal),
    );
    whole.push({
      report,
      segmentation: segmentation && parseInstance(segmentation, 'A stored segmentation'),
    });
  }
  return whole;
}

/** Archives that do not give the description may hold ours in any SR series. */
function mayHoldReport(series: Parameters<typeof text>[0]): boolean {
  const description = text(series, 'SeriesDescription');
  return (
    text(series, 'Modality') === 'SR' && (description === '' || description === REPORT_DESCRIPTION)
  );
}

export async function unlessGone<T>(retrieve: () => Promise<T>): Promise<T | null> {
  try {
    return await retrieve();
  } catch (error) {
    if (error instanceof InputError && statusOf(error.cause) === 404) return null;
    throw error;
  }
}

/**
 * The newest result of the lesion that is analysed now, or null.
 * @param tumour 0 or 1 for each voxel of `series`, which the new SEG lies on
 */
export function earlierResultOf(
  tumour: Uint8Array,
  series: ImageSeries,
  earlier: readonly EarlierResult[],
): StoredReport | null {
  const found = earlier.find((result) => showsSameLesion(result, tumour, series));
  return found?.report ?? null;
}

/** Two lesions of one study have results of their own. What cannot be compared counts as the same. */
function showsSameLesion(
  { report, segmentation }: EarlierResult,
  tumour: Uint8Array,
  series: ImageSeries,
): boolean {
  const region = report.regions.tumour;
  if (!segmentation || !region) return true;
  const { seriesInstanceUid } = report.segmentation;
  const source = {
    kind: 'seg',
    seriesInstanceUid,
    segmentNumber: region.segmentNumber,
  } as const;
  try {
    const { data } = readTumour(source, [segmentation], series);
    return data.some((value, i) => value !== 0 && tumour[i] !== 0);
  } catch (error) {
    if (!isInputError(error)) throw error;
    return true;
  }
}

/**
 * The UIDs of a new result. Habitats of another model are other things, so they keep their tracking UIDs
 * only under the same model.
 */
export function uidsAfter(earlier: StoredReport | null, modelHash: string): ObjectUids {
  const uids = newObjectUids();
  if (!earlier) return uids;
  const { tumour, habitat1, habitat2, habitat3, peritumour, prognosis } = earlier.tracking;
  const kept = { tumour, peritumour, prognosis };
  const habitats = earlier.model.hash === modelHash ? { habitat1, habitat2, habitat3 } : {};
  const known = Object.entries({ ...kept, ...habitats }).filter(([, tracking]) => tracking?.uid);
  return { ...uids, tracking: { ...uids.tracking, ...Object.fromEntries(known) } };
}

export function predecessorOf({ identity }: StoredReport): NonNullable<ReportInput['predecessor']> {
  const { studyInstanceUid, seriesInstanceUid, sopClassUid, sopInstanceUid } = identity;
  return { studyInstanceUid, seriesInstanceUid, sopClassUid, sopInstanceUid };
}

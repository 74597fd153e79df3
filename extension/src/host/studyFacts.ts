import { isHabitatResult } from '../../../src/dicom/describeSeries';
import { ageOf } from '../../../src/dicom/patientAge';
import { listTumours } from '../../../src/dicom/readTumour';
import { isHabitatReport, newestFirst, reportIdentity } from '../../../src/dicom/sr/reportIdentity';
import type { ReportIdentity } from '../../../src/dicom/sr/reportIdentity';
import type { HostDisplaySet, HostSegmentation } from '../host';
import type { StudyFacts, TumourChoice } from '../services/session';
import { drawnTumourId } from './drawing';
import { OVERLAY_PREFIX } from './overlayIds';
import { describeDisplaySet, firstInstance } from './seriesDescriptors';

const CONTOUR_MODALITIES: ReadonlySet<string> = new Set(['SEG', 'RTSTRUCT']);

/** The study on screen is the one whose series the viewer listed first; priors come later. */
export function studyOnScreen(displaySets: readonly HostDisplaySet[]): string | null {
  return displaySets[0]?.StudyInstanceUID ?? null;
}

export function studyFacts(
  studyInstanceUid: string,
  displaySets: readonly HostDisplaySet[],
  segmentations: readonly HostSegmentation[],
): StudyFacts {
  const ofStudy = displaySets.filter((set) => set.StudyInstanceUID === studyInstanceUid);
  const images = ofStudy.filter(isImageSeries);
  return {
    studyInstanceUid,
    series: images.map(describeDisplaySet),
    tumours: [...storedTumours(ofStudy), ...drawnTumours(segmentations)],
    age: images.length > 0 ? ageOf(firstInstance(images[0])) : null,
    reports: storedReports(ofStudy),
  };
}

/** Only image series have frames; the host lists their image ids later than their instances. */
function isImageSeries({ numImageFrames, Modality }: HostDisplaySet): boolean {
  return (numImageFrames ?? 0) > 0 && !CONTOUR_MODALITIES.has(Modality);
}

/** Our reports, newest first, from the attributes that the viewer has. */
function storedReports(displaySets: readonly HostDisplaySet[]): readonly ReportIdentity[] {
  const reports = displaySets
    .filter(({ Modality }) => Modality === 'SR')
    .flatMap(({ instances, instance }) => instances ?? (instance ? [instance] : []))
    .filter(isHabitatReport)
    .map(reportIdentity);
  return newestFirst([
    ...new Map(reports.map((report) => [report.sopInstanceUid, report])).values(),
  ]);
}

/** Contours of the study; results of ours come last, because their tumour is only a copy. */
function storedTumours(displaySets: readonly HostDisplaySet[]): readonly TumourChoice[] {
  const stored = displaySets.filter(
    ({ Modality, madeInClient }) => CONTOUR_MODALITIES.has(Modality) && !madeInClient,
  );
  const isOurs = (displaySet: HostDisplaySet): boolean =>
    isHabitatResult(firstInstance(displaySet));
  const fromOthers = stored.filter((displaySet) => !isOurs(displaySet));
  return [...fromOthers, ...stored.filter(isOurs)].flatMap(tumoursOf);
}

function tumoursOf(displaySet: HostDisplaySet): readonly TumourChoice[] {
  const dataset = firstInstance(displaySet);
  const series = displaySet.SeriesDescription || displaySet.Modality;
  // Only the attributes are looked at here; the file itself is read in the worker.
  const instance = { dataset, transferSyntaxUid: '', part10: new ArrayBuffer(0) };
  return listTumours([instance]).map(({ kind, number, label, seriesInstanceUid }) => ({
    id: `${kind}:${seriesInstanceUid}:${number}`,
    label: `${label || `Segment ${number}`} · ${series}`,
    source:
      kind === 'seg'
        ? { kind, seriesInstanceUid, segmentNumber: number }
        : { kind, seriesInstanceUid, roiNumber: number },
  }));
}

/** Segments in the viewer: drawn there, or loaded there and perhaps changed. */
function drawnTumours(segmentations: readonly HostSegmentation[]): readonly TumourChoice[] {
  return segmentations
    .filter(({ segmentationId, representationData }) => {
      return !segmentationId.startsWith(OVERLAY_PREFIX) && representationData.Labelmap;
    })
    .flatMap(({ segmentationId, label, segments }) =>
      Object.values(segments).map((segment) => ({
        id: drawnTumourId(segmentationId, segment.segmentIndex),
        label: [segment.label ?? `Segment ${segment.segmentIndex}`, label]
          .filter(Boolean)
          .join(' · '),
        source: { kind: 'viewer', segmentationId, segmentIndex: segment.segmentIndex } as const,
      })),
    );
}

import type { WritableDataset } from '../dcmjsFacade';
import type { ReportInput } from '../outputTypes';
import type { ImageSeries } from '../series';

/**
 * Current Requested Procedure Evidence Sequence (PS3.3 C.17.2.3): one item for each study, one for
 * each series in it, every image and the SEG.
 */
export function evidence({ series, segmentation }: ReportInput): WritableDataset {
  const entries: readonly EvidenceSeries[] = [
    {
      study: segmentation.studyInstanceUid,
      series: segmentation.seriesInstanceUid,
      instances: [[segmentation.sopClassUid, segmentation.sopInstanceUid]],
    },
    ...Object.values(series).map(imagesOf),
  ];
  const studies = [...new Set(entries.map(({ study }) => study))];
  return {
    CurrentRequestedProcedureEvidenceSequence: studies.map((study) => ({
      StudyInstanceUID: study,
      ReferencedSeriesSequence: entries
        .filter((entry) => entry.study === study)
        .map((entry) => ({
          SeriesInstanceUID: entry.series,
          ReferencedSOPSequence: entry.instances.map(([sopClass, sopInstance]) => ({
            ReferencedSOPClassUID: sopClass,
            ReferencedSOPInstanceUID: sopInstance,
          })),
        })),
    })),
  };
}

interface EvidenceSeries {
  readonly study: string;
  readonly series: string;
  /** SOP Class UID, SOP Instance UID. */
  readonly instances: readonly (readonly [string, string])[];
}

function imagesOf({ studyInstanceUid, seriesInstanceUid, slices }: ImageSeries): EvidenceSeries {
  const classes = new Map(slices.map((slice) => [slice.sopInstanceUid, slice.sopClassUid]));
  return {
    study: studyInstanceUid,
    series: seriesInstanceUid,
    instances: [...classes].map(([sopInstance, sopClass]) => [sopClass, sopInstance]),
  };
}

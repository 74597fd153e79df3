import type { WritableDataset } from '../dcmjsFacade';
import type { ReportInput } from '../outputTypes';
import type { ImageSeries } from '../series';

/**
 * Current Requested Procedure Evidence Sequence (PS3.3 C.17.2.3): one item for each study, one for
 * each series in it, every image and the SEG.
 */
export function evidence(input: ReportInput): WritableDataset {
  const entries = evidenceSeries(input);
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

/** SOP Instance UIDs of all that the report may refer to. */
export function evidenceInstances(input: ReportInput): ReadonlySet<string> {
  return new Set(evidenceSeries(input).flatMap(({ instances }) => instances.map(([, uid]) => uid)));
}

function evidenceSeries({ series, segmentation }: ReportInput): readonly EvidenceSeries[] {
  return [
    {
      study: segmentation.studyInstanceUid,
      series: segmentation.seriesInstanceUid,
      instances: [[segmentation.sopClassUid, segmentation.sopInstanceUid]],
    },
    ...Object.values(series).map(imagesOf),
  ];
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

import { buildMeasurementReport } from '../../dicom/measurementReport';
import { buildSegmentation } from '../../dicom/segmentation';
import type { StoredReport } from '../../dicom/sr/readReport';
import type { Model } from '../../model/schema';
import type { LabelMap } from '../../volume/volume';
import type { AnalysisResult, DicomObject, ReportClass } from '../analysis';
import { RING, UNLABELLED_TUMOUR } from '../../regions/regionsOnSeries';
import type { BothSequences } from '../bothSequences';
import { earlierResultOf, predecessorOf, uidsAfter } from '../earlierResults';
import type { Run } from '../stage';
import type { StageOutcome } from '../stageLog';
import type { Study } from './read';
import type { Alignment } from './register';

export type Analysed = Omit<AnalysisResult, 'objects' | 'overlays'>;

/** `labels`: on the grid of each series, codes of `combineLabels`. */
export function buildObjects(
  { series, tumour, earlier = [] }: Study,
  { reference }: Alignment,
  labels: BothSequences<LabelMap>,
  analysis: Analysed,
  model: Model,
  run: Run,
  reportClass?: ReportClass,
): StageOutcome<Pick<AnalysisResult, 'objects' | 'acceptedReport'>> {
  const when = new Date(analysis.provenance.startedAt);
  const { data } = labels[reference];
  const only = (keep: (label: number) => boolean): Uint8Array =>
    data.map((label) => (keep(label) ? 1 : 0));
  const tumourMask = only((label) => label >= 1 && label <= UNLABELLED_TUMOUR);
  const replaced = earlierResultOf(tumourMask, series[reference], earlier);
  const uids = uidsAfter(replaced, model.hash);
  const segmentation = buildSegmentation({
    series: series[reference],
    tumour: tumourMask,
    habitats: data.map((label) => (label < UNLABELLED_TUMOUR ? label : 0)),
    ring: only((label) => label === RING),
    habitatNames: model.habitats.names,
    tumourLabel: tumour.label,
    tumourAlgorithmType: tumour.algorithmType,
    software: analysis.provenance.software,
    model: analysis.provenance.model,
    when,
    uids,
  });
  run.report(0.5);
  const predecessor = replaced ? { predecessor: predecessorOf(replaced) } : {};
  const sopClass = reportClass ?? 'Comprehensive3DSR';
  const base = { series, reference, segmentation, model, when, uids, sopClass, ...predecessor };
  const report = (of: Analysed): DicomObject => buildMeasurementReport({ ...base, analysis: of });
  const objects = [segmentation, report(analysis)].map(plainObject);
  const kilobytes = (object: DicomObject): string =>
    `${object.kind} ${Math.ceil(object.part10.byteLength / 1024)} kB`;
  return {
    value: {
      objects,
      // A person may still look at the registration: the UIDs stay, and only one of the two is stored.
      ...(analysis.registration.review === 'notReviewed'
        ? { acceptedReport: plainObject(report(accepted(analysis))) }
        : {}),
    },
    note: [...objects.map(kilobytes), ...replacement(replaced)].join(', '),
  };
}

export function accepted<T extends Pick<AnalysisResult, 'registration'>>(analysis: T): T {
  return { ...analysis, registration: { ...analysis.registration, review: 'accepted' } };
}

function replacement(replaced: StoredReport | null): string[] {
  if (!replaced) return [];
  const when = replaced.startedAt.replace('T', ' ');
  return [`replaces the report of ${when || 'an unknown date'} and keeps its tracking UIDs`];
}

/** Without what only the SR had to know. */
function plainObject(object: DicomObject): DicomObject {
  const { kind, sopInstanceUid, seriesInstanceUid, studyInstanceUid, part10 } = object;
  return { kind, sopInstanceUid, seriesInstanceUid, studyInstanceUid, part10 };
}

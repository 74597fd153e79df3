/**
 * A stored result as the panel shows it, from its SR, its SEG and the attributes of the images: nothing is
 * computed again.
 */
import type { Archive } from '../dicom/archive';
import { sequence, number, text } from '../dicom/attributes';
import { parseInstance } from '../dicom/instance';
import type { DicomInstance } from '../dicom/instance';
import { seriesGeometry } from '../dicom/seriesGeometry';
import type { SeriesGeometry } from '../dicom/seriesGeometry';
import { readReport } from '../dicom/sr/readReport';
import type { StoredReport, StoredRegion } from '../dicom/sr/readReport';
import type { ReportIdentity } from '../dicom/sr/reportIdentity';
import { SEQUENCES } from '../model/schema';
import type { SequenceId } from '../model/schema';
import { UNLABELLED_TUMOUR } from '../regions/regionsOnSeries';
import { centreOfMask, motionAbout } from '../register/rigidMotion';
import { IDENTITY_TRANSFORM } from '../volume/geometry';
import { voxelVolumeMm3 } from '../volume/volume';
import type { LabelMap, Vec3 } from '../volume/volume';
import type {
  AnalysisResult,
  DicomObject,
  HabitatSize,
  RegionSize,
  RegistrationSummary,
} from './analysis';
import type { BothSequences } from './bothSequences';
import { unlessGone } from './earlierResults';
import { changesSince } from './storedChanges';
import { rigid, storedOverlays } from './storedOverlays';

export interface StoredResult {
  readonly result: AnalysisResult;
  readonly identity: ReportIdentity;
  /** Sentences: what is no longer as it was when the result was computed. */
  readonly changes: readonly string[];
}

export type ReportAddress = Pick<
  ReportIdentity,
  'studyInstanceUid' | 'seriesInstanceUid' | 'sopInstanceUid'
>;

/**
 * @throws InputError of the archive; REPORT_UNREADABLE for a report that cannot be shown
 */
export async function readStoredResult(
  archive: Archive,
  address: ReportAddress,
  signal?: AbortSignal,
): Promise<StoredResult> {
  const { studyInstanceUid } = address;
  const sr = await archive.retrieveInstance(
    studyInstanceUid,
    address.seriesInstanceUid,
    address.sopInstanceUid,
    signal,
  );
  const report = readReport(parseInstance(sr, 'The stored report').dataset);
  const { seriesInstanceUid, sopInstanceUid } = report.segmentation;
  const seg = await unlessGone(() =>
    archive.retrieveInstance(studyInstanceUid, seriesInstanceUid, sopInstanceUid, signal),
  );
  const series = await imagesOf(archive, studyInstanceUid, report, signal);
  const segmentation = seg && parseInstance(seg, 'The stored segmentation');
  const drawn = segmentation ? storedOverlays(report, segmentation, series) : null;
  const object = (
    kind: DicomObject['kind'],
    at: ReportObject,
    bytes: ArrayBuffer,
  ): DicomObject => ({
    kind,
    studyInstanceUid,
    sopInstanceUid: at.sopInstanceUid,
    seriesInstanceUid: at.seriesInstanceUid,
    part10: new Uint8Array(bytes),
  });
  return {
    identity: report.identity,
    changes: changesSince(report, series, drawn),
    result: {
      ...resultOf(report, segmentation, series, drawn?.labels ?? null),
      overlays: drawn?.overlays ?? { fsT2: [], ceT1: [] },
      objects: [
        ...(seg ? [object('SEG', report.segmentation, seg)] : []),
        object('SR', address, sr),
      ],
    },
  };
}

type ReportObject = Pick<DicomObject, 'sopInstanceUid' | 'seriesInstanceUid'>;

/** null: the series is no longer in the study. */
export type SeriesNow = BothSequences<SeriesGeometry | null>;

async function imagesOf(
  archive: Archive,
  study: string,
  { images }: StoredReport,
  signal?: AbortSignal,
): Promise<SeriesNow> {
  const found: Partial<Record<SequenceId, SeriesGeometry | null>> = {};
  for (const [i, sequenceId] of SEQUENCES.entries()) {
    const uid = images.at(i)?.seriesInstanceUid;
    const attributes =
      uid === undefined
        ? null
        : await unlessGone(() => archive.retrieveMetadata(study, uid, signal));
    found[sequenceId] = attributes && attributes.length > 0 ? seriesGeometry(attributes) : null;
  }
  return { fsT2: found.fsT2 ?? null, ceT1: found.ceT1 ?? null };
}

function resultOf(
  report: StoredReport,
  segmentation: DicomInstance | null,
  series: SeriesNow,
  labels: LabelMap | null,
): Omit<AnalysisResult, 'overlays' | 'objects'> {
  const { regions, software, model, startedAt, stages } = report;
  const grid = referenceOf(report, series)?.stack?.grid;
  const size = <R extends RegionSize['region']>(
    region: R,
    stored: StoredRegion | undefined,
  ): RegionSize => ({
    region,
    volumeMm3: stored?.volumeMm3 ?? 0,
    voxels: grid ? Math.round((stored?.volumeMm3 ?? 0) / voxelVolumeMm3(grid)) : 0,
  });
  const habitat = (region: 'habitat1' | 'habitat2' | 'habitat3'): HabitatSize => ({
    ...size(region, regions[region]),
    name: habitatName(region, regions[region], segmentation),
    fraction: regions[region]?.fraction ?? 0,
    evaluable: isEvaluable(region, report),
  });
  return {
    habitats: [habitat('habitat1'), habitat('habitat2'), habitat('habitat3')],
    tumour: size('tumour', regions.tumour),
    ring: {
      ...size('peritumour', regions.peritumour),
      clippedFraction: report.ringClippedFraction,
    },
    registration: registrationOf(report, labels),
    prognosis: report.prognosis,
    age: report.age,
    batch: report.batch,
    flags: report.flags,
    provenance: { software, model, startedAt, stages },
  };
}

function referenceOf(report: StoredReport, series: SeriesNow): SeriesGeometry | null {
  const all = [series.fsT2, series.ceT1];
  return all.find((item) => item?.seriesInstanceUid === report.referenceSeriesUid) ?? null;
}

/** The segment is labelled with the model's name of the habitat; an empty habitat has no segment. */
function habitatName(
  region: 'habitat1' | 'habitat2' | 'habitat3',
  stored: StoredRegion | undefined,
  segmentation: DicomInstance | null,
): string {
  const segment = sequence(segmentation?.dataset ?? {}, 'SegmentSequence').find(
    (item) => stored && number(item, 'SegmentNumber') === stored.segmentNumber,
  );
  return (segment && text(segment, 'SegmentLabel')) || `Habitat ${region.slice(-1)}`;
}

/** Where a tumour was drawn no more, the motion is given about the origin. */
function registrationOf(
  { registration, review }: StoredReport,
  labels: LabelMap | null,
): RegistrationSummary {
  const known = registration?.matrix ?? null;
  const inside = labels?.data.map((label) => (label >= 1 && label <= UNLABELLED_TUMOUR ? 1 : 0));
  const centre: Vec3 =
    labels && inside?.includes(1) ? centreOfMask({ grid: labels.grid, data: inside }) : [0, 0, 0];
  const matrix = known ? rigid(known) : IDENTITY_TRANSFORM;
  return {
    applied: registration !== null,
    review,
    ...motionAbout(matrix, centre),
    ...(registration
      ? { rotationDeg: registration.rotationDeg, translationMm: registration.translationMm }
      : {}),
    metricBefore: null,
    metricAfter: null,
    matrix: registration && !known ? [] : matrix,
  };
}

/** The chain flags each habitat that it could not measure, by its number. */
function isEvaluable(region: string, { flags, regions }: StoredReport): boolean {
  const name = `Habitat ${region.slice(-1)} `;
  const flagged = flags.some(
    ({ code, message }) => code === 'HABITAT_NOT_EVALUABLE' && message.startsWith(name),
  );
  return Object.hasOwn(regions, region) && !flagged;
}

import type { DicomInstance } from '../../dicom/instance';
import type { SegmentAlgorithmType } from '../../dicom/outputTypes';
import { readImageSeries } from '../../dicom/readSeries';
import { listTumours, readExclusion, readTumour } from '../../dicom/readTumour';
import { relateSeries, requireSamePatient } from '../../dicom/relate';
import { describeSeries } from '../../dicom/describeSeries';
import { roleDoubt } from '../../dicom/roleDoubt';
import { SEQUENCE_LABELS } from '../../dicom/seriesRoles';
import type { ImageSeries } from '../../dicom/series';
import { SEQUENCES } from '../../model/schema';
import type { SequenceId } from '../../model/schema';
import type { Mask } from '../../volume/volume';
import type { AnalysisRequest, Flag, TumourSource } from '../analysis';
import { InputError } from '../errors';
import type { EarlierResult } from '../earlierResults';
import { chooseLesions } from '../chooseLesions';
import { forBoth } from '../bothSequences';
import type { BothSequences } from '../bothSequences';
import type { Run } from '../stage';
import type { StageOutcome } from '../stageLog';
import { findInstances } from '../studySource';
import type { ReadOptions } from '../studySource';
import { describeGrid } from '../../volume/geometry';

export interface Tumour {
  /** The series it was drawn on. */
  readonly drawnOn: SequenceId;
  /** On the grid of that series. */
  readonly mask: Mask;
  readonly label: string;
  readonly algorithmType: SegmentAlgorithmType;
}

export interface Study {
  readonly series: BothSequences<ImageSeries>;
  readonly tumour: Tumour;
  /** Regions that the ring stays out of. */
  readonly exclusions?: readonly Pick<Tumour, 'drawnOn' | 'mask' | 'label'>[];
  /** Results of ours that the study holds already, newest first; where they were looked for. */
  readonly earlier?: readonly EarlierResult[];
}

/** Thicker slices than this are cautioned: through-plane texture is then interpolation. */
export const THICK_SLICE_MM = 5;

/** Where a study lies and what in it is to be taken. */
export type StudyRequest = Pick<
  AnalysisRequest,
  'source' | 'series' | 'tumour' | 'exclude' | 'lesions'
>;

/** @throws InputError for everything in the study that cannot be analysed. */
export async function readStudy(
  request: StudyRequest,
  run: Run,
  options: ReadOptions = {},
): Promise<StageOutcome<Study>> {
  requireTwoSeries(request);
  const excluded = request.exclude ?? [];
  const tumourSeries = [request.tumour, ...excluded].flatMap((region) =>
    region.kind === 'drawn' ? [] : [region.seriesInstanceUid],
  );
  const wanted = [...SEQUENCES.map((sequence) => request.series[sequence]), ...tumourSeries];
  const { ofSeries, earlier } = await findInstances(
    request.source,
    [...new Set(wanted)],
    run,
    options,
  );
  const read = (sequence: SequenceId): ImageSeries =>
    readImageSeries(ofSeries(request.series[sequence]), SEQUENCE_LABELS[sequence]);
  const series = forBoth(read);
  requireSamePatient(series.fsT2, series.ceT1);
  relateSeries(series.fsT2, series.ceT1);
  const objects = [...new Set(tumourSeries)].flatMap(ofSeries);
  const whole = tumourOf(request.tumour, objects, series);
  const { tumour, others, flags } = chooseLesions(whole, request.lesions);
  const exclusions = [
    ...others,
    ...excluded.map((region) => tumourOf(region, objects, series, readExclusion)),
  ];
  const sizes = SEQUENCES.map(
    (s) => `${SEQUENCE_LABELS[s]} ${describeGrid(series[s].volume.grid)}`,
  );
  return {
    value: { series, tumour, exclusions, earlier },
    note: `${sizes.join('; ')}; tumour "${tumour.label}" drawn on ${SEQUENCE_LABELS[tumour.drawnOn]}${kept(exclusions)}`,
    flags: [
      ...SEQUENCES.flatMap((sequence) => [
        ...roleFlag(sequence, series[sequence]),
        ...thickSliceFlag(sequence, series[sequence]),
      ]),
      ...flags,
    ],
  };
}

function kept(exclusions: NonNullable<Study['exclusions']>): string {
  if (exclusions.length === 0) return '';
  return `; kept out of the ring: ${exclusions.map(({ label }) => `"${label}"`).join(', ')}`;
}

function requireTwoSeries({ series }: StudyRequest): void {
  for (const sequence of SEQUENCES) {
    if (series[sequence]) continue;
    throw new InputError(
      'SERIES_MISSING',
      `No ${SEQUENCE_LABELS[sequence]} series is chosen: choose one, because the analysis needs both.`,
    );
  }
  if (series.fsT2 !== series.ceT1) return;
  throw new InputError(
    'SERIES_ROLE',
    'The same series is chosen as FS-T2WI and as CE-T1WI: choose two different series.',
  );
}

function tumourOf(
  source: TumourSource,
  objects: readonly DicomInstance[],
  series: BothSequences<ImageSeries>,
  read = readTumour,
): Tumour {
  if (source.kind === 'drawn') {
    const drawnOn = sequenceOf(source.seriesInstanceUid, series) ?? 'fsT2';
    return {
      drawnOn,
      mask: read(source, [], series[drawnOn]),
      label: source.label,
      algorithmType: 'MANUAL',
    };
  }
  const number = source.kind === 'seg' ? source.segmentNumber : source.roiNumber;
  const choice = listTumours(objects).find(
    (listed) =>
      listed.kind === source.kind &&
      listed.number === number &&
      listed.seriesInstanceUid === source.seriesInstanceUid,
  );
  const drawnOn = sequenceOf(choice?.referencedSeriesUid ?? '', series) ?? 'fsT2';
  return {
    drawnOn,
    mask: read(source, objects, series[drawnOn]),
    label: choice?.label ?? 'Tumour',
    // How a stored contour was made is not always known; a person has chosen it.
    algorithmType: source.kind === 'rtstruct' ? 'MANUAL' : 'SEMIAUTOMATIC',
  };
}

function sequenceOf(uid: string, series: BothSequences<ImageSeries>): SequenceId | undefined {
  return SEQUENCES.find((sequence) => series[sequence].seriesInstanceUid === uid);
}

function roleFlag(sequence: SequenceId, { header, slices }: ImageSeries): Flag[] {
  const message = roleDoubt(sequence, describeSeries(header, slices.length));
  return message ? [{ code: 'SERIES_ROLE_DOUBTFUL', stage: 'read', message }] : [];
}

export function thickSliceFlag(
  sequence: SequenceId,
  { volume }: Pick<ImageSeries, 'volume'>,
): Flag[] {
  const thickness = volume.grid.spacingMm[2];
  if (thickness <= THICK_SLICE_MM * 1.001) return [];
  return [
    {
      code: 'THICK_SLICES',
      stage: 'read',
      message: `The slices of the ${SEQUENCE_LABELS[sequence]} series are ${thickness.toFixed(1)} mm apart, more than ${THICK_SLICE_MM} mm: what lies between them is interpolated.`,
    },
  ];
}

import type { DicomInstance } from '../dicom/instance';
import { SEGMENT_REGIONS } from '../dicom/outputTypes';
import type { SegmentRegion } from '../dicom/outputTypes';
import type { SeriesGeometry, SeriesStack } from '../dicom/seriesGeometry';
import type { StoredReport } from '../dicom/sr/readReport';
import { imageKey, segReader } from '../dicom/tumour/segFrames';
import { SEQUENCES } from '../model/schema';
import type { SequenceId } from '../model/schema';
import { RING, UNLABELLED_TUMOUR, labelsOnMoving } from '../regions/regionsOnSeries';
import { IDENTITY_TRANSFORM } from '../volume/geometry';
import type { Mat4 } from '../volume/geometry';
import type { LabelMap } from '../volume/volume';
import type { AnalysisResult, OverlayPlane } from './analysis';
import type { SeriesNow } from './storedResult';

export interface StoredOverlays {
  readonly overlays: AnalysisResult['overlays'];
  /** Labels on the reference series; null when its images are no longer there. */
  readonly labels: LabelMap | null;
  /** Segment frames whose image is no longer in the study. */
  readonly lostFrames: number;
}

const NOTHING: StoredOverlays = {
  overlays: { fsT2: [], ceT1: [] },
  labels: null,
  lostFrames: 0,
};

/** Labels as the chain draws them: the tumour first, then what lies in and round it. */
const LABELS: Readonly<Record<SegmentRegion, number>> = {
  tumour: UNLABELLED_TUMOUR,
  habitat1: 1,
  habitat2: 2,
  habitat3: 3,
  peritumour: RING,
};

/**
 * The stored SEG over the images: on the reference series image by image (each frame names the one it
 * lies on), on the other series through the registration that the report holds.
 */
export function storedOverlays(
  report: StoredReport,
  segmentation: DicomInstance,
  series: SeriesNow,
): StoredOverlays {
  const reference = SEQUENCES.find(
    (sequence) => series[sequence]?.seriesInstanceUid === report.referenceSeriesUid,
  );
  const stack = reference && series[reference]?.stack;
  if (!reference || !stack) return NOTHING;
  const { labels, lostFrames } = labelsOf(report, segmentation, stack);
  const other: SequenceId = reference === 'fsT2' ? 'ceT1' : 'fsT2';
  const onOther = otherLabels(labels, report, series[other]);
  const overlays = {
    [reference]: planesOf(labels, stack),
    [other]: onOther ? planesOf(onOther.labels, onOther.stack) : [],
  };
  const { fsT2 = [], ceT1 = [] } = overlays;
  return { overlays: { fsT2, ceT1 }, labels, lostFrames };
}

function labelsOf(
  report: StoredReport,
  segmentation: DicomInstance,
  { grid, slices }: SeriesStack,
): { labels: LabelMap; lostFrames: number } {
  const [nx, ny, nz] = grid.size;
  const data = new Uint8Array(nx * ny * nz);
  const reader = segReader(segmentation);
  if (typeof reader === 'string') return { labels: { grid, data }, lostFrames: 0 };
  const zOf = new Map(slices.map((slice, z) => [imageKey(slice), z]));
  const lost = new Set<number>();
  for (const region of SEGMENT_REGIONS) {
    const segment = report.regions[region]?.segmentNumber;
    for (let frame = 0; segment !== undefined && frame < reader.frames; frame++) {
      if (reader.segmentOf(frame) !== segment) continue;
      const z = reader
        .sources(frame)
        .flatMap((image) => zOf.get(imageKey(image)) ?? [])
        .at(0);
      const values = z === undefined ? null : reader.read(frame, segment);
      if (z === undefined || values?.length !== nx * ny) lost.add(frame);
      else paint(data.subarray(z * nx * ny, (z + 1) * nx * ny), values, LABELS[region]);
    }
  }
  return { labels: { grid, data }, lostFrames: lost.size };
}

function paint(plane: Uint8Array, inside: Uint8Array, label: number): void {
  for (let i = 0; i < plane.length; i++) if (inside[i] !== 0) plane[i] = label;
}

/** Without the matrix (older reports), only series that were not registered can be drawn on. */
function otherLabels(
  labels: LabelMap,
  { registration }: StoredReport,
  series: SeriesGeometry | null,
): { labels: LabelMap; stack: SeriesStack } | null {
  const matrix = registration === null ? IDENTITY_TRANSFORM : registration.matrix;
  const stack = series?.stack;
  if (!stack || !matrix) return null;
  return { labels: labelsOnMoving(labels, stack.grid, rigid(matrix)), stack };
}

export function rigid(m: readonly number[]): Mat4 {
  return [m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9], m[10], m[11], 0, 0, 0, 1];
}

function planesOf({ grid, data }: LabelMap, { slices }: SeriesStack): OverlayPlane[] {
  const [columns, rows] = grid.size;
  return slices.flatMap((image, z) => {
    const labels = data.slice(z * rows * columns, (z + 1) * rows * columns);
    return labels.every((label) => label === 0) ? [] : [{ ...image, rows, columns, labels }];
  });
}

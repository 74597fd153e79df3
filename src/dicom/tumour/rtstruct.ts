import { InputError } from '../../chain/errors';
import { applyToPoint, worldToIndex } from '../../volume/geometry';
import { firstItem, number, numbers, sequence, text } from '../attributes';
import type { DicomInstance } from '../instance';
import { vec3 } from '../plane';
import type { DicomDataset, ImageSeries } from '../series';
import { fillEvenOdd } from './polygon';
import type { Polygon } from './polygon';
import type { FoundRegion } from './requireUsable';

/**
 * An ROI of an RT Structure Set as a mask (PS3.3 C.8.8.5, C.8.8.6). Contours are placed by their
 * coordinates, so referenced images may be missing or wrong.
 */

/** Contour points may leave their slice by this part of the slice spacing (rounded coordinates). */
const FLATNESS = 0.25;

interface FlatContour {
  /** Slice index, not rounded. */
  readonly z: number;
  readonly polygon: Polygon;
}

export function readRtstruct(
  structureSet: DicomInstance,
  roiNumber: number,
  series: ImageSeries,
): FoundRegion {
  const { dataset } = structureSet;
  const roi = sequence(dataset, 'StructureSetROISequence').find(
    (item) => number(item, 'ROINumber') === roiNumber,
  );
  if (!roi) {
    throw new InputError(
      'MASK_UNREADABLE',
      `The RTSTRUCT has no ROI ${roiNumber}; it has ${describeRois(dataset)}.`,
    );
  }
  const name = `ROI "${text(roi, 'ROIName')}" of the RTSTRUCT`;
  requireSameFrame(dataset, roi, series, name);
  const contours = flatContours(contourItems(dataset, roiNumber), series, name);
  return rasterise(contours, series, name);
}

function describeRois(dataset: DicomDataset): string {
  const rois = sequence(dataset, 'StructureSetROISequence').map(
    (item) => `${text(item, 'ROINumber')} "${text(item, 'ROIName')}"`,
  );
  return rois.length > 0 ? rois.join(', ') : 'none';
}

function requireSameFrame(
  dataset: DicomDataset,
  roi: DicomDataset,
  series: ImageSeries,
  name: string,
): void {
  const frames = sequence(dataset, 'ReferencedFrameOfReferenceSequence');
  const own = text(roi, 'ReferencedFrameOfReferenceUID');
  const uids = own
    ? [own]
    : [
        ...frames.map((frame) => text(frame, 'FrameOfReferenceUID')),
        text(dataset, 'FrameOfReferenceUID'),
      ];
  if (uids.includes(series.frameOfReferenceUid)) return;
  const referenced = frames
    .flatMap((frame) => sequence(frame, 'RTReferencedStudySequence'))
    .flatMap((study) => sequence(study, 'RTReferencedSeriesSequence'))
    .map((item) => text(item, 'SeriesInstanceUID'));
  // Some writers invent a frame of reference; the series they name is then the better witness.
  if (referenced.includes(series.seriesInstanceUid)) return;
  throw new InputError(
    'FRAME_OF_REFERENCE',
    `${name} was drawn in another frame of reference than the series "${series.description}"; choose a contour drawn on the FS-T2WI or CE-T1WI series.`,
  );
}

function contourItems(dataset: DicomDataset, roiNumber: number): readonly DicomDataset[] {
  return sequence(dataset, 'ROIContourSequence')
    .filter((item) => number(item, 'ReferencedROINumber') === roiNumber)
    .flatMap((item) => sequence(item, 'ContourSequence'))
    .filter((item) => text(item, 'ContourGeometricType').startsWith('CLOSED'));
}

function flatContours(
  items: readonly DicomDataset[],
  series: ImageSeries,
  name: string,
): FlatContour[] {
  const toIndex = worldToIndex(series.volume.grid);
  return items.map((item) => {
    const values = numbers(item, 'ContourData');
    const points = values.length / 3;
    if (!Number.isInteger(points) || points < 3) {
      throw new InputError(
        'MASK_UNREADABLE',
        `${name} has a contour with ${values.length} coordinates, which is no closed polygon; export the RTSTRUCT again.`,
      );
    }
    const polygon = new Float64Array(2 * points);
    const depths = Array.from({ length: points }, (_, i) => {
      const [x, y, z] = applyToPoint(toIndex, vec3(values, 3 * i));
      polygon[2 * i] = x;
      polygon[2 * i + 1] = y;
      return z;
    });
    const z = depths.reduce((sum, depth) => sum + depth, 0) / points;
    if (depths.some((depth) => Math.abs(depth - z) > FLATNESS)) {
      throw new InputError(
        'MASK_GRID',
        `${name} has contours across the slices of the series "${series.description}"; choose a contour drawn in the plane of the images.`,
      );
    }
    return { z, polygon };
  });
}

/** A slice takes the contours of the nearest drawn plane, if it lies within half the plane distance. */
function rasterise(
  contours: readonly FlatContour[],
  series: ImageSeries,
  name: string,
): FoundRegion {
  const { grid } = series.volume;
  const [columns, rows, slices] = grid.size;
  const data = new Uint8Array(columns * rows * slices);
  const planes = groupByPlane(contours);
  const reach = planeDistance([...planes.keys()]) / 2 + 1e-3;
  for (let k = 0; k < slices; k++) {
    const nearest = nearestKey(planes, k);
    if (nearest === undefined || Math.abs(nearest - k) > reach) continue;
    data.set(fillEvenOdd(planes.get(nearest) ?? [], columns, rows), k * columns * rows);
  }
  return { data, grid, name, outsideFraction: outsideFraction(contours, grid.size) };
}

function groupByPlane(contours: readonly FlatContour[]): Map<number, Polygon[]> {
  const planes = new Map<number, Polygon[]>();
  for (const { z, polygon } of contours) {
    const key = nearestKey(planes, z);
    if (key !== undefined && Math.abs(key - z) < 0.05) planes.get(key)?.push(polygon);
    else planes.set(z, [polygon]);
  }
  return planes;
}

function nearestKey(planes: ReadonlyMap<number, unknown>, z: number): number | undefined {
  let best: number | undefined;
  for (const key of planes.keys()) {
    if (best === undefined || Math.abs(key - z) < Math.abs(best - z)) best = key;
  }
  return best;
}

/** In slices; one plane alone is as thick as a slice. */
function planeDistance(depths: readonly number[]): number {
  const sorted = [...depths].sort((a, b) => a - b);
  const distances = sorted.slice(1).map((depth, i) => depth - sorted[i]);
  return distances.length > 0 ? Math.min(...distances) : 1;
}

/** By contour points: exact enough to tell a touched border from a wrong series. */
function outsideFraction(
  contours: readonly FlatContour[],
  [columns, rows, slices]: readonly [number, number, number],
): number {
  let all = 0;
  let outside = 0;
  for (const { z, polygon } of contours) {
    for (let i = 0; i < polygon.length; i += 2) {
      const [x, y] = [polygon[i], polygon[i + 1]];
      all++;
      if (x < -1 || y < -1 || z < -0.6 || x > columns || y > rows || z > slices - 0.4) outside++;
    }
  }
  return all === 0 ? 0 : outside / all;
}

/** Names and numbers of the ROIs that have closed contours. */
export function listRois(dataset: DicomDataset): { label: string; number: number }[] {
  return sequence(dataset, 'StructureSetROISequence')
    .map((item) => ({ label: text(item, 'ROIName'), number: number(item, 'ROINumber') ?? -1 }))
    .filter((roi) => contourItems(dataset, roi.number).length > 0);
}

/** The series that a structure set was drawn on, where it says so. */
export function referencedSeriesOfRtstruct(dataset: DicomDataset): string {
  const frame = firstItem(dataset, 'ReferencedFrameOfReferenceSequence');
  const study = firstItem(frame, 'RTReferencedStudySequence');
  return text(firstItem(study, 'RTReferencedSeriesSequence'), 'SeriesInstanceUID');
}

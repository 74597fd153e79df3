import type { Vec3 } from '../volume/volume';
import { number, tuple } from './attributes';
import { functionalGroup } from './functionalGroups';
import type { DicomDataset } from './series';

/** Where a slice lies: Image Plane Module and its functional groups (PS3.3 C.7.6.2, C.7.6.16.2). */
export interface Plane {
  readonly rows: number;
  readonly columns: number;
  /** LPS position of the centre of the first pixel, mm. */
  readonly positionMm: Vec3;
  /** Direction of increasing column index, unit length. */
  readonly rowDirection: Vec3;
  /** Direction of increasing row index, unit length, at a right angle to `rowDirection`. */
  readonly columnDirection: Vec3;
  readonly columnSpacingMm: number;
  readonly rowSpacingMm: number;
  /** Distance to the next slice or thickness; undefined when the object says neither. */
  readonly thicknessMm: number | undefined;
}

/** Cosines may be rounded when written; further off than this they are wrong. */
const ORTHONORMAL_TOLERANCE = 1e-3;

/** The plane of a single-frame image; a sentence part that says what is missing otherwise. */
export function planeOfImage(dataset: DicomDataset): Plane | string {
  return planeFrom(dataset, dataset, dataset, dataset);
}

/** @param frame 0-based. */
export function planeOfFrame(dataset: DicomDataset, frame: number): Plane | string {
  return planeFrom(
    dataset,
    functionalGroup(dataset, frame, 'PlanePositionSequence'),
    functionalGroup(dataset, frame, 'PlaneOrientationSequence'),
    functionalGroup(dataset, frame, 'PixelMeasuresSequence'),
  );
}

function planeFrom(
  image: DicomDataset,
  positionOf: DicomDataset,
  orientationOf: DicomDataset,
  measuresOf: DicomDataset,
): Plane | string {
  const rows = number(image, 'Rows');
  const columns = number(image, 'Columns');
  const position = tuple(positionOf, 'ImagePositionPatient', 3);
  const orientation = tuple(orientationOf, 'ImageOrientationPatient', 6);
  const spacing = tuple(measuresOf, 'PixelSpacing', 2);
  if (!rows || !columns) return 'has no Rows or Columns';
  if (!position) return 'has no Image Position (Patient)';
  if (!orientation) return 'has no Image Orientation (Patient)';
  if (!spacing || !spacing.every((value) => value > 0)) return 'has no Pixel Spacing';
  const row = vec3(orientation, 0);
  const column = vec3(orientation, 3);
  const skew = Math.max(
    Math.abs(norm(row) - 1),
    Math.abs(norm(column) - 1),
    Math.abs(dot(row, column)),
  );
  if (skew > ORTHONORMAL_TOLERANCE) {
    return 'has an Image Orientation (Patient) that is not two unit vectors at a right angle';
  }
  const rowDirection = unit(row);
  return {
    rows,
    columns,
    positionMm: vec3(position, 0),
    rowDirection,
    columnDirection: unit(subtract(column, scale(rowDirection, dot(column, rowDirection)))),
    rowSpacingMm: spacing[0],
    columnSpacingMm: spacing[1],
    thicknessMm:
      number(measuresOf, 'SpacingBetweenSlices') ||
      number(measuresOf, 'SliceThickness') ||
      undefined,
  };
}

/** Row x column direction: the slice axis of a right-handed grid. */
export function normalOf(plane: Plane): Vec3 {
  return cross(plane.rowDirection, plane.columnDirection);
}

export function vec3(values: ArrayLike<number>, offset: number): Vec3 {
  return [values[offset], values[offset + 1], values[offset + 2]];
}

export function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function subtract(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function norm(a: Vec3): number {
  return Math.sqrt(dot(a, a));
}

function scale(a: Vec3, factor: number): Vec3 {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}

function unit(a: Vec3): Vec3 {
  return scale(a, 1 / norm(a));
}

function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

import { InputError } from '../chain/errors';
import { applyToPoint, indexToWorld, multiply, worldToIndex } from '../volume/geometry';
import type { Grid, Vec3 } from '../volume/volume';
import { text } from './attributes';
import type { DicomDataset, ImageSeries } from './series';

/** @throws InputError PATIENT_MISMATCH; the sentence names no patient. */
export function requireSamePatient(a: ImageSeries, b: ImageSeries): void {
  const differs = (keyword: string): boolean => {
    const [one, other] = [text(a.header, keyword), text(b.header, keyword)];
    return one !== other && (keyword === 'PatientID' || (one !== '' && other !== ''));
  };
  if (!differs('PatientID') && !differs('PatientBirthDate') && !differs('PatientSex')) return;
  throw new InputError(
    'PATIENT_MISMATCH',
    `The series "${a.description}" and "${b.description}" belong to different patients; choose two series of one patient.`,
  );
}

/**
 * Some tools leave out what they do not know of the patient: only values that contradict count.
 * @param object What the sentence calls the contour object.
 * @throws InputError PATIENT_MISMATCH; the sentence names no patient.
 */
export function requireTumourOfPatient(
  dataset: DicomDataset,
  series: ImageSeries,
  object: string,
): void {
  const contradicts = (keyword: string): boolean => {
    const [one, other] = [text(dataset, keyword), text(series.header, keyword)];
    return one !== '' && other !== '' && one !== other;
  };
  if (!['PatientID', 'PatientBirthDate', 'PatientSex'].some(contradicts)) return;
  throw new InputError(
    'PATIENT_MISMATCH',
    `The ${object} "${text(dataset, 'SeriesDescription')}" belongs to another patient than the series "${series.description}"; choose a tumour of this patient.`,
  );
}

/** `sameFrame`: positions can be compared; `differentFrames`: only after registration. */
export type SpatialRelation = 'sameFrame' | 'differentFrames';

/**
 * How two series lie to each other.
 * @throws InputError FRAME_OF_REFERENCE when they share a frame and show different parts of the body.
 */
export function relateSeries(a: ImageSeries, b: ImageSeries): SpatialRelation {
  if (a.frameOfReferenceUid !== b.frameOfReferenceUid) return 'differentFrames';
  if (overlap(a.volume.grid, b.volume.grid)) return 'sameFrame';
  throw new InputError(
    'FRAME_OF_REFERENCE',
    `The series "${a.description}" and "${b.description}" show different parts of the body; choose two series that show the tumour.`,
  );
}

/** Points of each grid are looked for in the other: exact to a few voxels, which is enough here. */
function overlap(a: Grid, b: Grid): boolean {
  return reaches(a, b) || reaches(b, a);
}

const STEPS = 12;

function reaches(from: Grid, into: Grid): boolean {
  const m = multiply(worldToIndex(into), indexToWorld(from));
  const at = (step: number, axis: number): number => ((from.size[axis] - 1) * step) / STEPS;
  for (let i = 0; i <= STEPS; i++) {
    for (let j = 0; j <= STEPS; j++) {
      for (let k = 0; k <= STEPS; k++) {
        if (isInside(applyToPoint(m, [at(i, 0), at(j, 1), at(k, 2)]), into)) return true;
      }
    }
  }
  return false;
}

function isInside(point: Vec3, { size }: Grid): boolean {
  return point.every((value, axis) => value >= -0.5 && value <= size[axis] - 0.5);
}

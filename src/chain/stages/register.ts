import { SEQUENCE_LABELS } from '../../dicom/seriesRoles';
import type { ImageSeries } from '../../dicom/series';
import type { Model, SequenceId } from '../../model/schema';
import type { RigidEngine } from '../../register/engine';
import { registerToReference } from '../../register/registerToReference';
import type { Registration, SeriesImage } from '../../register/registerToReference';
import { centreOfMask } from '../../register/rigidMotion';
import {
  IDENTITY_TRANSFORM,
  applyToPoint,
  indexToWorld,
  invertAffine,
  multiply,
  worldToIndex,
} from '../../volume/geometry';
import type { Mat4 } from '../../volume/geometry';
import { resampleLabels } from '../../volume/resampleLabels';
import type { Grid, Mask, Vec3 } from '../../volume/volume';
import { otherSequence } from '../bothSequences';
import type { BothSequences } from '../bothSequences';
import type { AnalysisRequest } from '../analysis';
import { InputError } from '../errors';
import type { Run } from '../stage';
import type { StageOutcome } from '../stageLog';
import type { Study } from './read';

/** How the two series lie to each other, and the tumour on the reference series. */
export interface Alignment {
  readonly reference: SequenceId;
  readonly registration: Registration;
  /** Reference LPS mm -> LPS mm of each series. */
  readonly toSeries: BothSequences<Mat4>;
  readonly tumour: Mask;
  /** Part of the tumour that was drawn outside the images of the reference series, 0 to 1. */
  readonly lostFraction: number;
}

/** `chosen`: what the user wants instead of the registration that the model asks for. */
export async function registerStudy(
  { series, tumour }: Study,
  asked: Model['preprocessing']['registration'],
  engine: RigidEngine,
  run: Run,
  chosen?: AnalysisRequest['registration'],
): Promise<StageOutcome<Alignment>> {
  const search = chosen === 'identity' ? { ...asked, method: chosen } : asked;
  const { reference } = search;
  const moving = otherSequence(reference);
  const drawnOnReference = tumour.drawnOn === reference;
  const found = await registerToReference(
    seriesImage(reference, series[reference]),
    seriesImage(moving, series[moving]),
    { search, centreMm: centreOfMask(tumour.mask), centreOnMoving: !drawnOnReference },
    engine,
    run,
  );
  const registration = chosen === 'identity' ? byChoice(found) : found;
  const { matrix, summary, start, flags } = registration;
  const toSeries =
    reference === 'fsT2'
      ? { fsT2: IDENTITY_TRANSFORM, ceT1: matrix }
      : { fsT2: matrix, ceT1: IDENTITY_TRANSFORM };
  const moved = `${summary.translationMm.toFixed(2)} mm and ${summary.rotationDeg.toFixed(2)} degrees at the tumour`;
  return {
    value: {
      reference,
      registration,
      toSeries,
      ...(drawnOnReference
        ? { tumour: tumour.mask, lostFraction: 0 }
        : onReference(tumour.mask, series[reference], matrix, run)),
    },
    applied: summary.applied,
    flags,
    note: summary.applied
      ? `${engine.name}, started from the ${start === 'geometry' ? 'DICOM positions' : 'image centres'}; ${moved}; mutual information ${text(summary.metricBefore)} before, ${text(summary.metricAfter)} after`
      : `${chosen === 'identity' ? 'The user chose' : 'The model takes'} the DICOM positions as they are; mutual information ${text(summary.metricBefore)}`,
  };
}

function byChoice(registration: Registration): Registration {
  return { ...registration, summary: { ...registration.summary, review: 'identityByChoice' } };
}

function seriesImage(sequence: SequenceId, series: ImageSeries): SeriesImage {
  return {
    name: `${SEQUENCE_LABELS[sequence]} series "${series.description}"`,
    frameOfReferenceUid: series.frameOfReferenceUid,
    volume: series.volume,
  };
}

/** A tumour drawn on the moving series, carried to the reference series. */
function onReference(
  mask: Mask,
  reference: ImageSeries,
  matrix: Mat4,
  run: Run,
): Pick<Alignment, 'tumour' | 'lostFraction'> {
  const tumour = resampleLabels(mask, reference.volume.grid, run, matrix);
  if (tumour.data.includes(1)) {
    return { tumour, lostFraction: outsideFraction(mask, reference.volume.grid, matrix) };
  }
  throw new InputError(
    'MASK_OUTSIDE',
    `The tumour lies outside the images of the series "${reference.description}" after registration: choose series that both show it.`,
  );
}

/** Part of a mask of the moving series whose voxels lie outside a grid of the reference series. */
function outsideFraction({ grid: own, data }: Mask, grid: Grid, toMoving: Mat4): number {
  const toIndex = multiply(worldToIndex(grid), multiply(invertAffine(toMoving), indexToWorld(own)));
  const [nx, ny] = own.size;
  let [all, outside] = [0, 0];
  data.forEach((inside, i) => {
    if (inside === 0) return;
    const index: Vec3 = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
    const at = applyToPoint(toIndex, index);
    all++;
    if (at.some((x, axis) => x < -0.5 || x > grid.size[axis] - 0.5)) outside++;
  });
  return outside / all;
}

function text(metric: number | null): string {
  return metric === null ? '-' : metric.toFixed(3);
}

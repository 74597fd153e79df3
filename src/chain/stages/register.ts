import { SEQUENCE_LABELS } from '../../dicom/seriesRoles';
import type { ImageSeries } from '../../dicom/series';
import type { Model, SequenceId } from '../../model/schema';
import type { RigidEngine } from '../../register/engine';
import { registerToReference } from '../../register/registerToReference';
import type { Registration, SeriesImage } from '../../register/registerToReference';
import { centreOfMask } from '../../register/rigidMotion';
import { IDENTITY_TRANSFORM } from '../../volume/geometry';
import type { Mat4 } from '../../volume/geometry';
import { resampleLabels } from '../../volume/resampleLabels';
import type { Mask } from '../../volume/volume';
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
  const found = await registerToReference(
    seriesImage(reference, series[reference]),
    seriesImage(moving, series[moving]),
    { search, centreMm: centreOfMask(tumour.mask) },
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
      tumour:
        tumour.drawnOn === reference
          ? tumour.mask
          : onReference(tumour.mask, series[reference], matrix, run),
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
function onReference(mask: Mask, reference: ImageSeries, matrix: Mat4, run: Run): Mask {
  const carried = resampleLabels(mask, reference.volume.grid, run, matrix);
  if (carried.data.includes(1)) return carried;
  throw new InputError(
    'MASK_OUTSIDE',
    `The tumour lies outside the images of the series "${reference.description}" after registration: choose series that both show it.`,
  );
}

function text(metric: number | null): string {
  return metric === null ? '-' : metric.toFixed(3);
}

/**
 * Rigid registration of one series onto another: the start, the search, and what a reader needs to
 * judge it. Rules of docs/chain.md: start from the DICOM geometry, or from the centres where that
 * says nothing; large motion and a metric that fell are flagged, never hidden.
 */
import { InputError } from '../chain/errors';
import type { Flag, RegistrationSummary } from '../chain/analysis';
import type { Run } from '../chain/stage';
import type { Model } from '../model/schema';
import { IDENTITY_TRANSFORM, applyToPoint, invertAffine, multiply } from '../volume/geometry';
import type { Mat4 } from '../volume/geometry';
import type { Samples, Vec3, Volume } from '../volume/volume';
import { coarser } from './coarser';
import { SearchFailed } from './engine';
import type { RigidEngine } from './engine';
import { mattesMutualInformation } from './mutualInformation';
import { gridCentre, motionAbout, translation } from './rigidMotion';

export interface SeriesImage {
  /** As the reader knows it, for messages: `FS-T2WI (series 3, "t2_tse_fs")`. */
  readonly name: string;
  readonly frameOfReferenceUid: string;
  readonly volume: Volume<'native', Samples>;
}

export interface RegistrationSettings {
  readonly search: Model['preprocessing']['registration'];
  /** The motion is reported at this point, the centre of the tumour: LPS mm of the fixed series. */
  readonly centreMm: Vec3;
  /** The point is given in LPS mm of the moving series instead. */
  readonly centreOnMoving?: boolean;
}

export interface Registration {
  /** Fixed LPS mm -> moving LPS mm. */
  readonly matrix: Mat4;
  readonly summary: RegistrationSummary;
  readonly flags: readonly Flag[];
  /** How it started, for the provenance. */
  readonly start: 'geometry' | 'centres';
}

export const LARGE_ROTATION_DEG = 10;
export const LARGE_TRANSLATION_MM = 10;
/** Below this overlap the DICOM geometry is no start, and a result is no result. */
const MINIMUM_OVERLAP = 0.1;
/** The smoothing pyramid needs at least so many voxels along every axis. */
const MINIMUM_SIZE = 4;

/**
 * @throws InputError REGISTRATION_FAILED when an image is constant, the series share nothing, or
 *   the search fails; IMAGE_GEOMETRY for a series with fewer than four slices, rows or columns;
 *   FRAME_OF_REFERENCE when identity is asked for two frames of reference.
 */
export async function registerToReference(
  fixed: SeriesImage,
  moving: SeriesImage,
  settings: RegistrationSettings,
  engine: RigidEngine,
  run: Run,
): Promise<Registration> {
  const sameFrame = fixed.frameOfReferenceUid === moving.frameOfReferenceUid;
  const metric = (matrix: Mat4): ReturnType<typeof mattesMutualInformation> =>
    mattesMutualInformation(fixed.volume, moving.volume, matrix, settings.search.histogramBins);
  if (settings.search.method === 'identity') {
    return keepDicomGeometry(fixed, moving, sameFrame, metric(IDENTITY_TRANSFORM));
  }
  refuseUnusable(fixed);
  refuseUnusable(moving);
  run.report(0, 'comparing positions');
  const byGeometry = metric(IDENTITY_TRANSFORM);
  const geometryHolds = sameFrame && byGeometry.overlap >= MINIMUM_OVERLAP;
  const start = geometryHolds ? IDENTITY_TRANSFORM : centreToCentre(fixed, moving);
  const before = geometryHolds ? byGeometry : metric(start);
  run.signal.throwIfAborted();
  run.report(0.05, 'searching the rigid motion');
  const matrix = multiply(start, await search(fixed, moving, start, settings, engine));
  run.signal.throwIfAborted();
  const after = metric(matrix);
  if (after.overlap < MINIMUM_OVERLAP) throw failed(fixed, moving);
  const centreMm = settings.centreOnMoving
    ? applyToPoint(invertAffine(matrix), settings.centreMm)
    : settings.centreMm;
  const motion = motionAbout(multiply(invertAffine(start), matrix), centreMm);
  run.report(1);
  return {
    matrix,
    start: geometryHolds ? 'geometry' : 'centres',
    summary: {
      applied: true,
      review: 'notReviewed',
      ...motion,
      metricBefore: before.mutualInformation,
      metricAfter: after.mutualInformation,
      matrix,
    },
    flags: registrationFlags(motion, before.mutualInformation, after.mutualInformation),
  };
}

/** The moving image is shifted by the start, so the engine always begins at identity. */
async function search(
  fixed: SeriesImage,
  moving: SeriesImage,
  start: Mat4,
  settings: RegistrationSettings,
  engine: RigidEngine,
): Promise<Mat4> {
  const sought = coarser(moving.volume);
  const [ox, oy, oz] = sought.grid.originMm;
  const shifted: Volume<'native', Samples> = {
    ...sought,
    grid: {
      ...sought.grid,
      originMm: [ox - start[3], oy - start[7], oz - start[11]],
    },
  };
  try {
    return await engine.register(coarser(fixed.volume), shifted, settings.search);
  } catch (error) {
    throw error instanceof SearchFailed ? failed(fixed, moving, error) : error;
  }
}

function keepDicomGeometry(
  fixed: SeriesImage,
  moving: SeriesImage,
  sameFrame: boolean,
  metric: ReturnType<typeof mattesMutualInformation>,
): Registration {
  if (!sameFrame) {
    throw new InputError(
      'FRAME_OF_REFERENCE',
      `${fixed.name} and ${moving.name} have different frames of reference, so their positions cannot be compared without registration: use a model with rigid registration.`,
    );
  }
  if (metric.overlap < MINIMUM_OVERLAP) throw failed(fixed, moving);
  return {
    matrix: IDENTITY_TRANSFORM,
    start: 'geometry',
    summary: {
      applied: false,
      review: 'notReviewed',
      ...motionAbout(IDENTITY_TRANSFORM, [0, 0, 0]),
      metricBefore: metric.mutualInformation,
      metricAfter: null,
      matrix: IDENTITY_TRANSFORM,
    },
    flags: [],
  };
}

function centreToCentre(fixed: SeriesImage, moving: SeriesImage): Mat4 {
  const from = gridCentre(fixed.volume.grid);
  const to = gridCentre(moving.volume.grid);
  return translation([to[0] - from[0], to[1] - from[1], to[2] - from[2]]);
}

export function registrationFlags(
  motion: { rotationDeg: number; translationMm: number },
  before: number,
  after: number,
): Flag[] {
  const flags: Flag[] = [];
  if (motion.rotationDeg > LARGE_ROTATION_DEG || motion.translationMm > LARGE_TRANSLATION_MM) {
    flags.push({
      code: 'REGISTRATION_LARGE_MOTION',
      stage: 'register',
      message: `The registration moved the tumour by ${motion.translationMm.toFixed(1)} mm and ${motion.rotationDeg.toFixed(1)} degrees, more than ${LARGE_TRANSLATION_MM} mm or ${LARGE_ROTATION_DEG} degrees: check that both series show it in the same place.`,
    });
  }
  if (after < before) {
    flags.push({
      code: 'REGISTRATION_METRIC_FELL',
      stage: 'register',
      message: `The series match worse after registration than before (mutual information ${after.toFixed(3)} after, ${before.toFixed(3)} before): check that both series show the tumour in the same place.`,
    });
  }
  return flags;
}

/** elastix aborts without a message on such images, so they must not reach it. */
function refuseUnusable(image: SeriesImage): void {
  const { grid, data } = image.volume;
  if (grid.size.some((n) => n < MINIMUM_SIZE)) {
    throw new InputError(
      'IMAGE_GEOMETRY',
      `${image.name} has ${grid.size.join(' x ')} voxels; registration needs at least ${MINIMUM_SIZE} along every axis: choose a series that covers the tumour with more slices.`,
    );
  }
  let constant = true;
  for (const value of data) {
    if (!Number.isFinite(value)) {
      throw new InputError(
        'IMAGE_UNREADABLE',
        `${image.name} holds values that are not numbers: export the series again.`,
      );
    }
    if (value !== data[0]) constant = false;
  }
  if (constant) {
    throw new InputError(
      'REGISTRATION_FAILED',
      `${image.name} has the same value in every voxel, so nothing can be registered to it: choose another series.`,
    );
  }
}

function failed(fixed: SeriesImage, moving: SeriesImage, cause?: unknown): InputError {
  return new InputError(
    'REGISTRATION_FAILED',
    `${moving.name} could not be registered to ${fixed.name}, because the two series share too little of the body: choose series of the same region, or take the scanner’s positions instead of a registration.`,
    { cause },
  );
}

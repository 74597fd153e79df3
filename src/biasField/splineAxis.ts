/**
 * Uniform cubic B-splines along one axis of an image, sampled at its voxels: the first voxel lies
 * at parameter 0, the last at the number of spans; there are three control points more than spans.
 * Reference: itk::BSplineScatteredDataPointSetToImageFilter and itk::BSplineControlPointImageFilter
 * (single-precision parameters and weights, double-precision kernel).
 */
export interface SplineAxis {
  readonly controlPoints: number;
  /** Per voxel: the first of the four control points that act on it. */
  readonly first: Int32Array;
  /** Per voxel: the weights of these four. */
  readonly weights: Float32Array;
}

const ORDER = 3;

export const MINIMUM_CONTROL_POINTS = ORDER + 1;

/**
 * ITK evaluates the last voxel this fraction of a voxel inside the domain, because the
 * B-spline is not defined at its upper end.
 */
const END_INSET = 1e-3;

/**
 * @param voxels along the axis. One voxel lies at parameter 0, which makes the field of a
 *   single slice a surface; ITK divides by zero there.
 */
export function sampleAxis(voxels: number, controlPoints: number): SplineAxis {
  const { fround } = Math;
  const spans = controlPoints - ORDER;
  const intervals = Math.max(1, voxels - 1);
  const inset = fround((spans / intervals) * END_INSET);
  const first = new Int32Array(voxels);
  const weights = new Float32Array(4 * voxels);
  for (let i = 0; i < voxels; i++) {
    let u = fround(fround(spans * i) / intervals);
    if (Math.abs(u - spans) <= inset) u = fround(spans - inset);
    first[i] = Math.floor(u);
    for (let k = 0; k < 4; k++) {
      weights[4 * i + k] = cubicBSpline(fround(fround(u - (first[i] + k)) + 1));
    }
  }
  return { controlPoints, first, weights };
}

/** Control points after every span has been halved. */
export function refinedCount(controlPoints: number): number {
  return 2 * controlPoints - ORDER;
}

function cubicBSpline(u: number): number {
  const a = Math.abs(u);
  if (a < 1) return (4 - 6 * a * a + 3 * a * a * a) / 6;
  if (a < 2) return (8 - 12 * a + 6 * a * a - a * a * a) / 6;
  return 0;
}

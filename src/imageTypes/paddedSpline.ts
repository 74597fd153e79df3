/** Spline coefficients around a region with room for the reach of a kernel, and fixed offsets. */
import { bsplineCoefficients, COEFFICIENT_MARGIN, WHOLE_LINE } from '../volume/bsplineCoefficients';
import type { BoundingBox } from '../volume/boundingBox';
import type { Samples, Vec3 } from '../volume/volume';

/** An offset along an axis: its four coefficients start at `step` from the voxel. */
export interface Offset {
  readonly value: number;
  readonly step: number;
  /** SciPy's `get_spline_interpolation_weights` of order 3. */
  readonly weights: readonly [number, number, number, number];
}

export interface PaddedSpline {
  readonly size: Vec3;
  readonly values: Float64Array;
  /** Index along an axis of the first coefficient for a voxel of the image and an offset. */
  start(axis: 0 | 1 | 2, voxel: number, offset: Offset): number;
}

export function distinctOffsets(values: readonly number[]): Offset[] {
  return [...new Set(values)].map((value) => {
    const y = value - Math.floor(value);
    const z = 1 - y;
    const w0 = (z * z * z) / 6;
    const w1 = (y * y * (y - 2) * 3 + 4) / 6;
    const w2 = (z * z * (z - 2) * 3 + 4) / 6;
    return { value, step: Math.floor(value) - 1, weights: [w0, w1, w2, 1 - w0 - w1 - w2] };
  });
}

/** Coefficients of the box and as far around it as `radius` voxels need, mirrored at the borders. */
export function paddedSpline(
  data: Samples,
  size: Vec3,
  box: BoundingBox,
  radius: number,
): PaddedSpline {
  const reach = Math.ceil(radius) + 2;
  const clip = (value: number, axis: number): number => Math.max(0, Math.min(size[axis], value));
  const start = box.first.map((v, axis) => clip(v - reach - COEFFICIENT_MARGIN, axis));
  const end = box.last.map((v, axis) => clip(v + 1 + reach + COEFFICIENT_MARGIN, axis));
  const inner = bsplineCoefficients(
    data,
    size,
    { start: [start[0], start[1], start[2]], end: [end[0], end[1], end[2]] },
    WHOLE_LINE,
  );
  const [xs, ys, zs] = size.map((n, axis) =>
    Int32Array.from(
      { length: box.last[axis] - box.first[axis] + 1 + 2 * reach },
      (_, i) => reflect(box.first[axis] - reach + i, n) - start[axis],
    ),
  );
  const values = new Float64Array(xs.length * ys.length * zs.length);
  let to = 0;
  for (const z of zs) {
    for (const y of ys) {
      const row = inner.size[0] * (y + inner.size[1] * z);
      for (let x = 0; x < xs.length; x++) values[to++] = inner.values[row + xs[x]];
    }
  }
  return {
    size: [xs.length, ys.length, zs.length],
    values,
    start: (axis, voxel, { step }) => voxel - box.first[axis] + reach + step,
  };
}

/** Mirror at the outer voxel centres, any number of times. */
function reflect(index: number, n: number): number {
  if (n === 1) return 0;
  const period = 2 * (n - 1);
  const phase = ((index % period) + period) % period;
  return phase < n ? phase : period - phase;
}

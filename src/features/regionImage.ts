import { InputError } from '../chain/errors';
import { CHUNK } from '../numerics/chunk';
import type { Samples, Vec3 } from '../volume/volume';

/**
 * An image (original or filtered) and the region to describe, on one grid, x fastest.
 * The sample type counts: PyRadiomics rounds the edges of a fixed number of bins to float32 when
 * the image is float32, so an image that is float32 there must be a Float32Array here.
 */
export interface RegionImage {
  /** Voxels along x, y, z. */
  readonly size: Vec3;
  readonly spacingMm: Vec3;
  readonly image: Samples;
  /** Not 0 inside the region. */
  readonly mask: Uint8Array;
  /** What `findRegion` says of the mask, for callers that take many images with one mask. */
  readonly region?: RegionVoxels;
}

/** Where the region is: its bounding box and its voxels in raster order. */
export interface RegionVoxels {
  /** First voxel of the bounding box: x, y, z. */
  readonly start: Vec3;
  /** Voxels of the bounding box along x, y, z. */
  readonly extent: Vec3;
  /** Offsets into the image of the voxels inside, rising. */
  readonly offsets: Int32Array;
}

/** @throws InputError MASK_EMPTY when no voxel is inside. */
export function findRegion(size: Vec3, mask: Uint8Array): RegionVoxels {
  const [nx, ny, nz] = size;
  if (mask.length !== nx * ny * nz) throw new Error('The mask does not fill its grid');
  const offsets = new Int32Array(countInside(mask));
  if (offsets.length === 0) {
    throw new InputError(
      'MASK_EMPTY',
      'The region has no voxels, so it has no features: choose another label or draw the region again.',
    );
  }
  let count = 0;
  let [x0, x1, y0, y1] = [nx, -1, ny, -1];
  for (let y = 0, at = 0, row = 0; row < ny * nz; row++, y = y === ny - 1 ? 0 : y + 1) {
    const before = count;
    for (let x = 0; x < nx; x++, at++) if (mask[at] !== 0) offsets[count++] = at;
    if (count === before) continue;
    const rowStart = row * nx;
    x0 = Math.min(x0, offsets[before] - rowStart);
    x1 = Math.max(x1, offsets[count - 1] - rowStart);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  }
  const z0 = Math.floor(offsets[0] / (nx * ny));
  const z1 = Math.floor(offsets[count - 1] / (nx * ny));
  return { start: [x0, y0, z0], extent: [x1 - x0 + 1, y1 - y0 + 1, z1 - z0 + 1], offsets };
}

function countInside(mask: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) count++;
  return count;
}

/** The intensities inside the region, in raster order. */
export interface RegionValues {
  readonly values: Float64Array;
  readonly minimum: number;
  readonly maximum: number;
  /** True when the image holds float32 samples. */
  readonly float32: boolean;
}

/** @throws InputError FEATURE_NOT_EVALUABLE when a voxel of the region is NaN or infinite. */
export function gatherValues(image: Samples, { offsets }: RegionVoxels): RegionValues {
  const values = new Float64Array(offsets.length);
  for (let from = 0; from < offsets.length; from += CHUNK) {
    gather(image, offsets, from, Math.min(from + CHUNK, offsets.length), values);
  }
  const { minimum, maximum, notFinite } = rangeOf(values);
  if (notFinite > 0) {
    throw new InputError(
      'FEATURE_NOT_EVALUABLE',
      `The image holds NaN or infinite values in ${notFinite} of ${offsets.length} voxels of the region: repair the image or leave these voxels out of the region.`,
    );
  }
  return { values, minimum, maximum, float32: image instanceof Float32Array };
}

function gather(
  image: Samples,
  offsets: Int32Array,
  from: number,
  to: number,
  values: Float64Array,
): void {
  for (let i = from; i < to; i++) values[i] = image[offsets[i]];
}

/** Least and greatest value, and how many are NaN or infinite. */
export function rangeOf(values: Float64Array) {
  const range = { minimum: Infinity, maximum: -Infinity, notFinite: 0 };
  for (let from = 0; from < values.length; from += CHUNK) {
    extendRange(values, from, Math.min(from + CHUNK, values.length), range);
  }
  return range;
}

function extendRange(
  values: Float64Array,
  from: number,
  to: number,
  range: { minimum: number; maximum: number; notFinite: number },
): void {
  let { minimum, maximum, notFinite } = range;
  for (let i = from; i < to; i++) {
    const value = values[i];
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    // A difference of a value with itself is 0 for finite numbers only.
    if (value - value !== 0) notFinite++;
  }
  range.minimum = minimum;
  range.maximum = maximum;
  range.notFinite = notFinite;
}

/**
 * Laplacian of Gaussian as ITK's LaplacianRecursiveGaussianImageFilter with NormalizeAcrossScale:
 * for each axis the second derivative along it, smoothed along the two others, over the squared
 * spacing. Every intermediate image is single precision there, and therefore here.
 */
import type { BoundingBox } from '../volume/boundingBox';
import type { Grid, Samples, Vec3 } from '../volume/volume';
import { filterLines, MINIMUM_LENGTH } from './recursiveFilter';
import { secondDerivativeCoefficients, smoothingCoefficients } from './recursiveGaussian';

const AXES = [0, 1, 2] as const;

/** PyRadiomics leaves the image out when it is shorter than the kernel along an axis. */
export function fitsLaplacian({ size, spacingMm }: Grid, sigmaMm: number): boolean {
  return size.every(
    (n, axis) => n >= MINIMUM_LENGTH && n >= Math.ceil(sigmaMm / spacingMm[axis]) + 1,
  );
}

/**
 * @param box where the result is wanted; it is 0 elsewhere. The image around it counts as it does in
 *   ITK, but after the first axis only lines through the box are filtered.
 */
export function laplacianOfGaussian(
  data: Samples,
  grid: Grid,
  sigmaMm: number,
  box: BoundingBox,
): Float32Array {
  const { size, spacingMm } = grid;
  const sum = new Float32Array(data.length);
  const part = new Float32Array(data.length);
  for (const axis of AXES) {
    const scale = sigmaMm * sigmaMm;
    const second = secondDerivativeCoefficients(sigmaMm / spacingMm[axis], scale);
    let lines = wholeBox(size);
    filterLines(data, size, axis, { lines, kept: box }, second, part);
    lines = withAxisOf(lines, box, axis);
    for (const other of AXES) {
      if (other === axis) continue;
      const smoothing = smoothingCoefficients(sigmaMm / spacingMm[other]);
      filterLines(part, size, other, { lines, kept: box }, smoothing, part);
      lines = withAxisOf(lines, box, other);
    }
    const perSquare = 1 / (spacingMm[axis] * spacingMm[axis]);
    for (let z = box.first[2]; z <= box.last[2]; z++) {
      for (let y = box.first[1]; y <= box.last[1]; y++) {
        const row = size[0] * (y + size[1] * z);
        addScaled(part, perSquare, row + box.first[0], row + box.last[0], sum);
      }
    }
  }
  return sum;
}

function addScaled(
  part: Float32Array,
  factor: number,
  from: number,
  to: number,
  sum: Float32Array,
) {
  for (let i = from; i <= to; i++) sum[i] += part[i] * factor;
}

function wholeBox([nx, ny, nz]: Vec3): BoundingBox {
  return { first: [0, 0, 0], last: [nx - 1, ny - 1, nz - 1] };
}

/** A box with the extent of another along one axis. */
function withAxisOf(box: BoundingBox, other: BoundingBox, axis: 0 | 1 | 2): BoundingBox {
  const pick = (mine: Vec3, theirs: Vec3): Vec3 => {
    const [x, y, z] = mine.map((value, a) => (a === axis ? theirs[a] : value));
    return [x, y, z];
  };
  return { first: pick(box.first, other.first), last: pick(box.last, other.last) };
}

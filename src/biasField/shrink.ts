import { applyLinear, applyToPoint, indexToWorld, invert3 } from '../volume/geometry';
import { voxelCount, type Grid, type Vec3 } from '../volume/volume';

/** Every n-th voxel of a grid, as itk::ShrinkImageFilter takes them: no averaging. */
export interface Shrunk {
  readonly grid: Grid;
  /** Storage index in the full grid of each voxel of the shrunk one. */
  readonly source: Int32Array;
}

/**
 * The shrunk grid has floor(n / factor) voxels along an axis and the full grid's centre; a voxel
 * takes the value of the full grid's voxel nearest to its centre. Along an axis of even length and
 * an even factor two are equally near, and ITK's choice hangs on the last bits of the world
 * coordinates of the first voxel: they are computed here in ITK's order, so that the same image
 * gives the same samples. N4 depends on them more than one would like; see docs/decisions/0010-n4-bias-field.md.
 */
export function shrink(grid: Grid, factors: Vec3): Shrunk {
  const count = (axis: 0 | 1 | 2): number =>
    Math.max(1, Math.floor(grid.size[axis] / factors[axis]));
  const shrunk = concentric(grid, [count(0), count(1), count(2)], factors);
  const first = nearestVoxel(grid, shrunk.originMm);
  const [xs, ys, zs] = [0, 1, 2].map((axis) =>
    Int32Array.from(
      { length: shrunk.size[axis] },
      (_, i) => i * factors[axis] + Math.max(0, first[axis]),
    ),
  );
  const source = new Int32Array(voxelCount(shrunk));
  let at = 0;
  for (const z of zs) {
    for (const y of ys) {
      const row = grid.size[0] * (y + grid.size[1] * z);
      for (const x of xs) source[at++] = row + x;
    }
  }
  return { grid: shrunk, source };
}

/** itk::ImageBase::TransformPhysicalPointToIndex, halves upwards. */
function nearestVoxel(grid: Grid, point: Vec3): Vec3 {
  const m = indexToWorld(grid);
  const inverse = invert3([m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]]);
  const [x, y, z] = applyLinear(inverse, difference(point, grid.originMm));
  return [Math.floor(x + 0.5), Math.floor(y + 0.5), Math.floor(z + 0.5)];
}

/** itk::ShrinkImageFilter::GenerateOutputInformation: the same centre in the world. */
function concentric(grid: Grid, size: Vec3, factors: Vec3): Grid {
  const [sx, sy, sz] = grid.spacingMm;
  const spacingMm: Vec3 = [sx * factors[0], sy * factors[1], sz * factors[2]];
  const unplaced = { ...grid, size, spacingMm };
  const shift = difference(centre(grid), centre(unplaced));
  const [ox, oy, oz] = grid.originMm;
  return { ...unplaced, originMm: [ox + shift[0], oy + shift[1], oz + shift[2]] };
}

function centre(grid: Grid): Vec3 {
  const [nx, ny, nz] = grid.size;
  return applyToPoint(indexToWorld(grid), [(nx - 1) / 2, (ny - 1) / 2, (nz - 1) / 2]);
}

function difference(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

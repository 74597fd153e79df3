/**
 * Means of blocks of voxels, for the search: it samples some thousand points at random, so that finer
 * voxels than a millimetre cost memory and time (eight times a series' size for each level of the
 * pyramid) and add nothing (docs/decisions/0022-registration.md).
 */
import { applyToPoint, indexToWorld } from '../volume/geometry';
import type { Samples, Vec3, Volume } from '../volume/volume';

/** Blocks do not become longer than this along any axis. */
const SUFFICIENT_MM = 1;
/** Nor are fewer voxels left than this. */
const FEWEST_VOXELS = 32;

/** The same volume where its voxels are not smaller than half a millimetre. */
export function coarser(volume: Volume<'native', Samples>): Volume<'native', Samples> {
  const { size, spacingMm } = volume.grid;
  const step = (axis: 0 | 1 | 2): number => {
    const wanted = Math.floor(SUFFICIENT_MM / spacingMm[axis]);
    return Math.max(1, Math.min(wanted, Math.floor(size[axis] / FEWEST_VOXELS)));
  };
  const steps: Vec3 = [step(0), step(1), step(2)];
  return steps.every((n) => n === 1) ? volume : blockMeans(volume, steps);
}

/** What is left over at the end of an axis is dropped. */
function blockMeans({ stage, grid, data }: Volume<'native', Samples>, steps: Vec3) {
  const [sx, sy, sz] = steps;
  const [nx, ny] = grid.size;
  const size: Vec3 = [Math.floor(nx / sx), Math.floor(ny / sy), Math.floor(grid.size[2] / sz)];
  const sums = new Float32Array(size[0] * size[1] * size[2]);
  const share = 1 / (sx * sy * sz);
  for (let z = 0; z < size[2] * sz; z++) {
    for (let y = 0; y < size[1] * sy; y++) {
      const to = size[0] * (Math.floor(y / sy) + size[1] * Math.floor(z / sz));
      let from = nx * (y + ny * z);
      for (let x = 0; x < size[0]; x++) {
        let sum = 0;
        for (let k = 0; k < sx; k++) sum += data[from++];
        sums[to + x] += sum * share;
      }
    }
  }
  const middle: Vec3 = [(sx - 1) / 2, (sy - 1) / 2, (sz - 1) / 2];
  return {
    stage,
    grid: {
      ...grid,
      size,
      spacingMm: [grid.spacingMm[0] * sx, grid.spacingMm[1] * sy, grid.spacingMm[2] * sz],
      originMm: applyToPoint(indexToWorld(grid), middle),
    },
    data: sums,
  } satisfies Volume<'native', Samples>;
}

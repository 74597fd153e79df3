/**
 * The layout all matrix kernels share: the bounding box of the region with a border of zeros, so
 * that a neighbour is one addition away and never needs a bounds or mask test. A voxel holds the
 * rank of its grey level plus 1; 0 is outside.
 */
import { CHUNK } from '../numerics/chunk';
import type { Discretised } from './discretise';
import type { Offset } from './neighbours';
import type { RegionVoxels } from './regionImage';

export interface LevelGrid {
  readonly cells: Uint8Array | Uint16Array;
  /** Cells from one row, and from one slice, to the next. */
  readonly rowStride: number;
  readonly sliceStride: number;
  /** The cells inside the region, in raster order. */
  readonly voxels: Int32Array;
  /** The grey level of each rank; cell value r holds levels[r - 1]. */
  readonly levels: Float64Array;
}

/**
 * @param image size of the image the region indexes, x and y
 * @param border voxels of zeros on each side: the largest neighbour distance
 */
export function buildLevelGrid(
  imageSize: readonly [number, number, number],
  region: RegionVoxels,
  { ranks, levels }: Discretised,
  border: number,
): LevelGrid {
  const [nx, ny] = imageSize;
  const [ex, ey, ez] = region.extent;
  const [x0, y0, z0] = region.start;
  const rowStride = ex + 2 * border;
  const sliceStride = rowStride * (ey + 2 * border);
  const length = sliceStride * (ez + 2 * border);
  const cells = levels.length < 256 ? new Uint8Array(length) : new Uint16Array(length);
  const voxels = new Int32Array(ranks.length);

  const layout = { nx, ny, start: [x0, y0, z0] as const, border, rowStride, sliceStride };
  for (let from = 0; from < ranks.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, ranks.length);
    placeVoxels(layout, region.offsets, ranks, from, to, cells, voxels);
  }
  return { cells, rowStride, sliceStride, voxels, levels };
}

interface Layout {
  /** Voxels along x and y of the image. */
  readonly nx: number;
  readonly ny: number;
  /** First voxel of the region's box. */
  readonly start: readonly [number, number, number];
  readonly border: number;
  readonly rowStride: number;
  readonly sliceStride: number;
}

/** Rows of the region are walked with the offsets, which saves a division for each voxel. */
function placeVoxels(
  { nx, ny, start, border, rowStride, sliceStride }: Layout,
  offsets: Int32Array,
  ranks: Uint16Array,
  from: number,
  to: number,
  cells: Uint8Array | Uint16Array,
  voxels: Int32Array,
): void {
  let rowEnd = -1;
  let shift = 0;
  for (let i = from; i < to; i++) {
    const offset = offsets[i];
    if (offset >= rowEnd) {
      const row = Math.floor(offset / nx);
      const z = Math.floor(row / ny);
      rowEnd = (row + 1) * nx;
      const y = row - z * ny - start[1] + border;
      shift = (z - start[2] + border) * sliceStride + y * rowStride + border - start[0] - row * nx;
    }
    const cell = offset + shift;
    cells[cell] = ranks[i] + 1;
    voxels[i] = cell;
  }
}

export function cellStep(grid: LevelGrid, [dx, dy, dz]: Offset): number {
  return dx + dy * grid.rowStride + dz * grid.sliceStride;
}

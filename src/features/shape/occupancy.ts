import type { Vec3 } from '../../volume/volume';
import type { RegionVoxels } from '../regionImage';

/** The bounding box of a region with a border of one voxel: 1 inside, 0 outside. */
export interface BitGrid {
  readonly cells: Uint8Array;
  readonly rowStride: number;
  readonly sliceStride: number;
}

export function bitGrid([nx, ny]: Vec3, { start, extent, offsets }: RegionVoxels): BitGrid {
  const [x0, y0, z0] = start;
  const rowStride = extent[0] + 2;
  const sliceStride = rowStride * (extent[1] + 2);
  const cells = new Uint8Array(sliceStride * (extent[2] + 2));
  for (let i = 0; i < offsets.length; i++) {
    const row = Math.floor(offsets[i] / nx);
    const z = Math.floor(row / ny);
    const x = offsets[i] - row * nx;
    cells[(z - z0 + 1) * sliceStride + (row - z * ny - y0 + 1) * rowStride + (x - x0 + 1)] = 1;
  }
  return { cells, rowStride, sliceStride };
}

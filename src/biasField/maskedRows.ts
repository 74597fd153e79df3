import { voxelCount, type Grid } from '../volume/volume';

/** The voxels of an image that take part in the estimate, in storage order. */
export interface MaskedRows {
  readonly size: Grid['size'];
  /** x index of each voxel. */
  readonly x: Int32Array;
  /** Index into `x` where row y of slice z begins, at y + ny * z; one more entry closes the last row. */
  readonly rowStart: Int32Array;
}

/** `included` has one entry per voxel of the grid, x fastest; 0 is left out. */
export function maskedRows(grid: Grid, included: Uint8Array): MaskedRows {
  const [nx, ny, nz] = grid.size;
  const x = new Int32Array(voxelCount(grid));
  const rowStart = new Int32Array(ny * nz + 1);
  let count = 0;
  for (let row = 0; row < ny * nz; row++) {
    rowStart[row] = count;
    for (let i = 0; i < nx; i++) if (included[row * nx + i] !== 0) x[count++] = i;
  }
  rowStart[ny * nz] = count;
  return { size: grid.size, x: x.slice(0, count), rowStart };
}

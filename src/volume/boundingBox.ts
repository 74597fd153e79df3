import type { Mask, Vec3 } from './volume';

/** First and last voxel of a region along each axis, both inside. */
export interface BoundingBox {
  readonly first: Vec3;
  readonly last: Vec3;
}

/** Undefined when no voxel is inside. */
export function findBoundingBox({ grid, data }: Mask): BoundingBox | undefined {
  const [nx, ny, nz] = grid.size;
  let [x0, x1, y0, y1, z0, z1] = [nx, -1, ny, -1, nz, -1];
  for (let z = 0, row = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++, row += nx) {
      let left = 0;
      while (left < nx && data[row + left] === 0) left++;
      if (left === nx) continue;
      let right = nx - 1;
      while (data[row + right] === 0) right--;
      x0 = Math.min(x0, left);
      x1 = Math.max(x1, right);
      y0 = Math.min(y0, y);
      y1 = Math.max(y1, y);
      z0 = Math.min(z0, z);
      z1 = z;
    }
  }
  return z1 < 0 ? undefined : { first: [x0, y0, z0], last: [x1, y1, z1] };
}

/** Voxels of the box along each axis. */
export function extentOf({ first, last }: BoundingBox): Vec3 {
  return [last[0] - first[0] + 1, last[1] - first[1] + 1, last[2] - first[2] + 1];
}

import { applyToPoint, indexToWorld } from '../volume/geometry';
import type { Mat4 } from '../volume/geometry';
import type { Grid, Mask, Vec3 } from '../volume/volume';

export interface RigidMotion {
  /** Angle about the rotation axis, 0 to 180. */
  readonly rotationDeg: number;
  /** Distance that the given centre moves. */
  readonly translationMm: number;
}

/** The size of a rigid map at a point: rotation angle, and how far it moves that point. */
export function motionAbout(matrix: Mat4, centreMm: Vec3): RigidMotion {
  const trace = matrix[0] + matrix[5] + matrix[10];
  const moved = applyToPoint(matrix, centreMm);
  return {
    rotationDeg: (Math.acos(Math.min(1, Math.max(-1, (trace - 1) / 2))) * 180) / Math.PI,
    translationMm: Math.hypot(
      moved[0] - centreMm[0],
      moved[1] - centreMm[1],
      moved[2] - centreMm[2],
    ),
  };
}

export function translation([x, y, z]: Vec3): Mat4 {
  return [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z, 0, 0, 0, 1];
}

export function gridCentre(grid: Grid): Vec3 {
  const [nx, ny, nz] = grid.size;
  return applyToPoint(indexToWorld(grid), [(nx - 1) / 2, (ny - 1) / 2, (nz - 1) / 2]);
}

/** Mean position of the voxels inside, LPS mm. */
export function centreOfMask({ grid, data }: Mask): Vec3 {
  const [nx, ny] = grid.size;
  const sum = [0, 0, 0];
  let count = 0;
  data.forEach((inside, i) => {
    if (inside === 0) return;
    count++;
    sum[0] += i % nx;
    sum[1] += Math.floor(i / nx) % ny;
    sum[2] += Math.floor(i / (nx * ny));
  });
  if (count === 0) throw new Error('An empty mask has no centre.');
  return applyToPoint(indexToWorld(grid), [sum[0] / count, sum[1] / count, sum[2] / count]);
}

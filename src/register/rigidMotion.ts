import { applyToPoint, indexToWorld } from '../volume/geometry';
import type { Mat4 } from '../volume/geometry';
import type { Grid, Mask, Vec3 } from '../volume/volume';

export interface RigidMotion {
  /** Angle about the rotation axis, 0 to 180. */
  readonly rotationDeg: number;
  /** Distance that the given centre moves. */
  readonly translationMm: number;
  /** The rotation as a vector along its axis, degrees about the axes of LPS; its length is `rotationDeg`. */
  readonly rotationLpsDeg: Vec3;
  /** Where the given centre moves, LPS mm; its length is `translationMm`. */
  readonly translationLpsMm: Vec3;
}

/** The size of a rigid map at a point: rotation angle, and how far it moves that point. */
export function motionAbout(matrix: Mat4, centreMm: Vec3): RigidMotion {
  const trace = matrix[0] + matrix[5] + matrix[10];
  const angle = Math.acos(Math.min(1, Math.max(-1, (trace - 1) / 2)));
  const moved = applyToPoint(matrix, centreMm);
  const shift: Vec3 = [moved[0] - centreMm[0], moved[1] - centreMm[1], moved[2] - centreMm[2]];
  return {
    rotationDeg: (angle * 180) / Math.PI,
    translationMm: Math.hypot(...shift),
    rotationLpsDeg: rotationVectorDeg(matrix, angle),
    translationLpsMm: shift,
  };
}

/** The antisymmetric part of a rotation matrix is 2 sin(angle) times its axis. */
function rotationVectorDeg(m: Mat4, angle: number): Vec3 {
  const doubled: Vec3 = [m[9] - m[6], m[2] - m[8], m[4] - m[1]];
  const length = Math.hypot(...doubled);
  // No rotation, or half a turn, which no search of ours finds and which has no unique axis.
  if (length < 1e-12) return [0, 0, 0];
  const scale = (angle * 180) / Math.PI / length;
  return [scale * doubled[0], scale * doubled[1], scale * doubled[2]];
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

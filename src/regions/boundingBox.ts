import type { Vec3 } from '../volume/volume';

/** Voxel corners, `end` exclusive. */
export interface Box {
  readonly start: Vec3;
  readonly end: Vec3;
}

/** The smallest box around the non-zero voxels, null when there are none. */
export function boundingBox(inside: Uint8Array, [nx, ny, nz]: Vec3): Box | null {
  const start = [nx, ny, nz];
  const end = [0, 0, 0];
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        if (inside[i] === 0) continue;
        if (x < start[0]) start[0] = x;
        if (y < start[1]) start[1] = y;
        if (z < start[2]) start[2] = z;
        if (x >= end[0]) end[0] = x + 1;
        if (y >= end[1]) end[1] = y + 1;
        if (z >= end[2]) end[2] = z + 1;
      }
    }
  }
  if (end[0] === 0) return null;
  return { start: [start[0], start[1], start[2]], end: [end[0], end[1], end[2]] };
}

/** Grown by so many millimetres on every side; it may reach beyond the grid. */
export function growBox({ start, end }: Box, marginMm: number, spacingMm: Vec3): Box {
  const steps = spacingMm.map((spacing) => Math.ceil(marginMm / spacing));
  return {
    start: [start[0] - steps[0], start[1] - steps[1], start[2] - steps[2]],
    end: [end[0] + steps[0], end[1] + steps[1], end[2] + steps[2]],
  };
}

/**
 * Copies a box out of an array, or into another frame of it: voxels of the box beyond the array are 0.
 */
export function cropPadded(
  inside: Uint8Array,
  [nx, ny, nz]: Vec3,
  { start, end }: Box,
): Uint8Array {
  const size = [end[0] - start[0], end[1] - start[1], end[2] - start[2]];
  const out = new Uint8Array(size[0] * size[1] * size[2]);
  const [x0, x1] = [Math.max(0, start[0]), Math.min(nx, end[0])];
  if (x1 <= x0) return out;
  for (let z = Math.max(0, start[2]); z < Math.min(nz, end[2]); z++) {
    for (let y = Math.max(0, start[1]); y < Math.min(ny, end[1]); y++) {
      const from = nx * (y + ny * z);
      const to = x0 - start[0] + size[0] * (y - start[1] + size[1] * (z - start[2]));
      out.set(inside.subarray(from + x0, from + x1), to);
    }
  }
  return out;
}

import type { Mask } from '../volume/volume';
import { boundingBox, cropPadded, growBox } from './boundingBox';
import { distanceTo } from './distanceTransform';

/** Every voxel whose centre lies within `marginMm` of the centre of a voxel inside. */
export function expandMask({ grid, data }: Mask, marginMm: number): Mask {
  if (marginMm === 0) return { grid, data };
  const expanded = new Uint8Array(data.length);
  const tight = boundingBox(data, grid.size);
  if (tight === null) return { grid, data: expanded };
  const { start, end } = growBox(tight, marginMm, grid.spacingMm);
  const size = [end[0] - start[0], end[1] - start[1], end[2] - start[2]] as const;
  const { squaredMm2 } = distanceTo(
    cropPadded(data, grid.size, { start, end }),
    size,
    grid.spacingMm,
  );
  const limit = marginMm * marginMm * (1 + 1e-9);
  const [nx, ny, nz] = grid.size;
  for (let z = Math.max(0, start[2]); z < Math.min(nz, end[2]); z++) {
    for (let y = Math.max(0, start[1]); y < Math.min(ny, end[1]); y++) {
      const from = size[0] * (y - start[1] + size[1] * (z - start[2])) - start[0];
      for (let x = Math.max(0, start[0]); x < Math.min(nx, end[0]); x++) {
        if (squaredMm2[from + x] <= limit) expanded[x + nx * (y + ny * z)] = 1;
      }
    }
  }
  return { grid, data: expanded };
}

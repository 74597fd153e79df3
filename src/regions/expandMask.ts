import type { Mask } from '../volume/volume';
import { boundingBox, cropPadded, growBox } from './boundingBox';
import type { Box } from './boundingBox';
import { distanceTo } from './distanceTransform';

/** Every voxel whose centre lies within `marginMm` of the centre of a voxel inside. */
export function expandMask({ grid, data }: Mask, marginMm: number): Mask {
  if (marginMm === 0) return { grid, data };
  const expanded = new Uint8Array(data.length);
  const tight = boundingBox(data, grid.size);
  if (tight === null) return { grid, data: expanded };
  const [nx, ny] = grid.size;
  const grown = growBox(tight, marginMm, grid.spacingMm);
  const start = grown.start.map((first) => Math.max(0, first));
  const end = grown.end.map((last, axis) => Math.min(grid.size[axis], last));
  const box: Box = { start: [start[0], start[1], start[2]], end: [end[0], end[1], end[2]] };
  const size = [end[0] - start[0], end[1] - start[1], end[2] - start[2]] as const;
  const { squaredMm2 } = distanceTo(cropPadded(data, grid.size, box), size, grid.spacingMm);
  const limit = marginMm * marginMm * (1 + 1e-9);
  for (let z = start[2], from = 0; z < end[2]; z++) {
    for (let y = start[1]; y < end[1]; y++) {
      const to = nx * (y + ny * z);
      for (let x = start[0]; x < end[0]; x++) {
        if (squaredMm2[from++] <= limit) expanded[to + x] = 1;
      }
    }
  }
  return { grid, data: expanded };
}

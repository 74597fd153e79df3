import type { Mask } from '../volume/volume';
import { distanceTo } from './distanceTransform';

/** Every voxel whose centre lies within `marginMm` of the centre of a voxel inside. */
export function expandMask({ grid, data }: Mask, marginMm: number): Mask {
  const { squaredMm2 } = distanceTo(data, grid.size, grid.spacingMm);
  const limit = marginMm * marginMm * (1 + 1e-9);
  return { grid, data: Uint8Array.from(squaredMm2, (squared) => (squared <= limit ? 1 : 0)) };
}

import { subGrid } from '../volume/geometry';
import type { Sampled } from '../volume/resample';
import type { Mask, Samples, Vec3 } from '../volume/volume';
import type { BoundingBox } from '../volume/boundingBox';

export interface ImageAndMask {
  readonly image: Sampled;
  readonly mask: Mask;
}

/** PyRadiomics' `cropToTumorMask`: the box and `padVoxels` around it, as far as the image goes. */
export function cropToBox(
  { image, mask }: ImageAndMask,
  box: BoundingBox,
  padVoxels: number,
): ImageAndMask {
  const clamp = (value: number, axis: number): number =>
    Math.max(0, Math.min(image.grid.size[axis], value));
  const start = box.first.map((v, axis) => clamp(v - padVoxels, axis));
  const end = box.last.map((v, axis) => clamp(v + 1 + padVoxels, axis));
  const from: Vec3 = [start[0], start[1], start[2]];
  const to: Vec3 = [end[0], end[1], end[2]];
  const grid = subGrid(image.grid, from, to);
  return {
    image: { grid, data: cropData(image.data, image.grid.size, from, to) },
    mask: { grid, data: cropData(mask.data, mask.grid.size, from, to) },
  };
}

/** The voxels of the box from `start` to `end` (exclusive), in an array of the same type. */
export function cropData<Data extends Samples>(
  data: Data,
  size: Vec3,
  start: Vec3,
  end: Vec3,
): Data;
export function cropData(data: Samples, size: Vec3, start: Vec3, end: Vec3): Samples {
  const [nx, ny, nz] = [end[0] - start[0], end[1] - start[1], end[2] - start[2]];
  const cropped = data.slice(0, nx * ny * nz);
  for (let z = 0, to = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++, to += nx) {
      const from = start[0] + size[0] * (start[1] + y + size[1] * (start[2] + z));
      cropped.set(data.subarray(from, from + nx), to);
    }
  }
  return cropped;
}

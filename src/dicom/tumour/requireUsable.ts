import { InputError } from '../../chain/errors';
import { countOnes } from '../masks';
import type { Mask } from '../../volume/volume';

/** Fewer voxels than this make no texture: PyRadiomics matrices would be empty. */
export const MINIMUM_TUMOUR_VOXELS = 64;
/** A contour may touch the border; more of it outside means that the images do not show the tumour. */
const MAXIMUM_OUTSIDE_FRACTION = 0.01;

/** A region as it was read, on the grid of a series. */
export interface FoundRegion extends Mask {
  /** In a sentence: `Segment 1 "Tumour" of the SEG`. */
  readonly name: string;
  /** Part of the region that lies outside the grid, 0 to 1. */
  readonly outsideFraction: number;
}

/** A tumour: whole, and large enough to be measured. */
export function requireUsable({ data, grid, name, outsideFraction }: FoundRegion): Mask {
  const voxels = countOnes(data);
  if (outsideFraction > MAXIMUM_OUTSIDE_FRACTION) {
    const part = voxels === 0 ? 'lies' : `lies by ${Math.round(100 * outsideFraction)} %`;
    throw new InputError(
      'MASK_OUTSIDE',
      `${name} ${part} outside the images it should be measured on; choose the series it was drawn on, or draw it again.`,
    );
  }
  if (voxels === 0) {
    throw new InputError('MASK_EMPTY', `${name} is empty; draw the tumour, or choose another one.`);
  }
  if (voxels < MINIMUM_TUMOUR_VOXELS) {
    throw new InputError(
      'MASK_TOO_SMALL',
      `${name} has ${voxels} voxels on the images, fewer than ${MINIMUM_TUMOUR_VOXELS}; the tumour is too small to be analysed.`,
    );
  }
  return { grid, data };
}

/** A region that something stays out of: as small as it may be, and only where the images show it. */
export function requireVisible({ data, grid, name }: FoundRegion): Mask {
  if (data.includes(1)) return { grid, data };
  throw new InputError(
    'MASK_EMPTY',
    `${name} has no voxel on the images, so that nothing would be kept out of the ring; choose another region, or none.`,
  );
}

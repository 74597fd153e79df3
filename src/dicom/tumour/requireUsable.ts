import { InputError } from '../../chain/errors';
import { countOnes } from '../masks';
import type { Grid, Mask } from '../../volume/volume';

/** Fewer voxels than this make no texture: PyRadiomics matrices would be empty. */
export const MINIMUM_TUMOUR_VOXELS = 64;
/** A contour may touch the border; more of it outside means that the images do not show the tumour. */
const MAXIMUM_OUTSIDE_FRACTION = 0.01;

/**
 * @param name The tumour in a sentence: `Segment 1 "Tumour" of the SEG`.
 * @param outsideFraction Part of the drawn region that lies outside the grid, 0 to 1.
 */
export function requireUsable(
  data: Uint8Array,
  grid: Grid,
  name: string,
  outsideFraction: number,
): Mask {
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

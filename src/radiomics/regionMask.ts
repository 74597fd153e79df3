/** Region of interest: where it is in a mask, and the checks of PyRadiomics' `checkMask`. */
import { InputError } from '../chain/errors';
import {
  applyToPoint,
  describeGrid,
  indexToWorld,
  sameGrid,
  worldToIndex,
} from '../volume/geometry';
import { extentOf, findBoundingBox, type BoundingBox } from '../volume/boundingBox';
import type { Grid, Mask, Vec3 } from '../volume/volume';
import type { Settings } from './settings';

/** @throws InputError MASK_EMPTY. */
export function boundingBox(mask: Mask): BoundingBox {
  const box = findBoundingBox(mask);
  if (box) return box;
  throw new InputError(
    'MASK_EMPTY',
    'The mask has no voxel of the region: choose a label that it contains, or draw the region.',
  );
}

/** @throws InputError MASK_TOO_SMALL for a single voxel, too few dimensions or too few voxels. */
export function checkExtent(mask: Mask, settings: Settings): BoundingBox {
  const box = boundingBox(mask);
  const extent = extentOf(box);
  const dimensions = extent.filter((n) => n > 1).length;
  if (dimensions === 0) {
    throw new InputError(
      'MASK_TOO_SMALL',
      'The region is a single voxel, which has no texture and no shape: draw a larger region.',
    );
  }
  if (dimensions < settings.minimumROIDimensions) {
    throw new InputError(
      'MASK_TOO_SMALL',
      `The region is ${extent.join(' x ')} voxels, so it has ${dimensions} dimension(s), and ` +
        `minimumROIDimensions asks for ${settings.minimumROIDimensions}: draw a larger region.`,
    );
  }
  const { minimumROISize } = settings;
  if (minimumROISize !== null) {
    const voxels = mask.data.reduce((sum, inside) => sum + (inside ? 1 : 0), 0);
    // PyRadiomics refuses a region of exactly the minimum as well.
    if (voxels <= minimumROISize) {
      throw new InputError(
        'MASK_TOO_SMALL',
        `The region has ${voxels} voxels, and minimumROISize asks for more than ${minimumROISize}: draw a larger region.`,
      );
    }
  }
  return box;
}

/** SimpleITK's tolerance for origin, spacing (in voxels) and direction cosines. */
export const GEOMETRY_TOLERANCE = 1e-6;
/** With resampling both grids are left anyway; only masks of another image are refused. */
const RESAMPLED_TOLERANCE = 1e-3;

export function checkSameGrid(image: Grid, mask: Grid, settings: Settings): void {
  const tolerance = settings.geometryTolerance ?? GEOMETRY_TOLERANCE;
  const limit = isResampled(settings) ? Math.max(tolerance, RESAMPLED_TOLERANCE) : tolerance;
  if (sameGrid(image, mask, limit)) return;
  throw new InputError(
    'MASK_GRID',
    `The mask is on another grid than the image: mask ${describeGrid(mask)}; image ` +
      `${describeGrid(image)}. Draw it on this image, or set correctMask or geometryTolerance.`,
  );
}

export function isResampled(settings: Settings): boolean {
  return settings.interpolator !== null && settings.resampledPixelSpacing !== null;
}

/**
 * PyRadiomics' `_checkROI`: the region's bounding box must lie within the image's outer borders.
 * @throws InputError MASK_EMPTY or MASK_OUTSIDE.
 */
export function checkInsideImage(image: Grid, mask: Mask): BoundingBox {
  const box = boundingBox(mask);
  const corner = (index: Vec3, half: number): Vec3 => {
    const moved: Vec3 = [index[0] + half, index[1] + half, index[2] + half];
    return applyToPoint(worldToIndex(image), applyToPoint(indexToWorld(mask.grid), moved));
  };
  const corners = [corner(box.first, -0.5), corner(box.last, 0.5)];
  const tolerance = 1e-3;
  const outside = image.size.some(
    (n, axis) =>
      Math.min(corners[0][axis], corners[1][axis]) < -0.5 - tolerance ||
      Math.max(corners[0][axis], corners[1][axis]) > n - 0.5 + tolerance,
  );
  if (outside) {
    throw new InputError(
      'MASK_OUTSIDE',
      `The region leaves the image: mask ${describeGrid(mask.grid)}; image ${describeGrid(image)}. ` +
        'Draw it on this image.',
    );
  }
  return box;
}

/**
 * Resampling of image and mask around the region, as PyRadiomics' `resampleImage`: the new grid
 * shares the corner of the mask's grid and covers the region's box and `padDistance` new voxels.
 */
import type { Run } from '../chain/stage';
import { applyToPoint, indexToWorld } from '../volume/geometry';
import { resample, type Interpolator, type Sampled } from '../volume/resample';
import { resampleLabels } from '../volume/resampleLabels';
import type { Grid, Mask, Vec3 } from '../volume/volume';
import { cropToBox, type ImageAndMask } from './crop';
import { extentOf, type BoundingBox } from '../volume/boundingBox';
import { boundingBox, checkInsideImage } from './regionMask';

export interface RegionResampling {
  /** 0 keeps the mask's spacing along that axis. */
  readonly spacingMm: Vec3;
  readonly interpolator: Interpolator;
  /** New voxels. */
  readonly padDistance: number;
  readonly integerRange?: readonly [number, number];
}

export function resampleRegion(
  image: Sampled,
  mask: Mask,
  how: RegionResampling,
  run: Run,
): ImageAndMask {
  const box = checkInsideImage(image.grid, mask);
  const spacing = targetSpacing(mask.grid, box, how.spacingMm);
  if (spacing.every((s, axis) => isClose(image.grid.spacingMm[axis], s))) {
    const onImage = resampleLabels(mask, image.grid, run);
    return cropToBox({ image, mask: onImage }, boundingBox(onImage), how.padDistance);
  }
  const target = regionGrid(mask.grid, box, spacing, how.padDistance);
  const integers = !(image.data instanceof Float32Array || image.data instanceof Float64Array);
  const keepIntegers = integers || how.integerRange !== undefined;
  const { interpolator, integerRange } = how;
  const options = { interpolator, outside: 0, keepIntegers, ...(integerRange && { integerRange }) };
  return {
    image: resample(image, target, options, run),
    mask: resampleLabels(mask, target, run),
  };
}

/** numpy.isclose with its defaults. */
function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-8 + 1e-5 * Math.abs(b);
}

/** Axes with 0, and axes along which the region is one voxel thick, are not resampled. */
function targetSpacing(grid: Grid, box: BoundingBox, wanted: Vec3): Vec3 {
  const extent = extentOf(box);
  const [x, y, z] = grid.spacingMm.map((own, axis) =>
    wanted[axis] === 0 || extent[axis] === 1 ? own : wanted[axis],
  );
  return [x, y, z];
}

function regionGrid(grid: Grid, box: BoundingBox, spacing: Vec3, pad: number): Grid {
  const size: number[] = [];
  const origin: number[] = [];
  for (let axis = 0; axis < 3; axis++) {
    const own = grid.spacingMm[axis];
    const ratio = own / spacing[axis];
    const lower = Math.max(0, Math.floor((box.first[axis] - 0.5) * ratio - pad));
    const wantedUpper = Math.ceil((box.last[axis] + 1 - 0.5) * ratio + pad);
    const upper = Math.min(wantedUpper, Math.ceil(grid.size[axis] * ratio) - 1);
    size.push(Math.trunc(upper - lower + 1));
    origin.push((0.5 * (spacing[axis] - own)) / own + lower / ratio);
  }
  return {
    size: [size[0], size[1], size[2]],
    spacingMm: spacing,
    originMm: applyToPoint(indexToWorld(grid), [origin[0], origin[1], origin[2]]),
    direction: grid.direction,
  };
}

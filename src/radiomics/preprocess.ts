/** From image and mask to what the filters see, in PyRadiomics' order (`execute`, `loadImage`). */
import { InputError } from '../chain/errors';
import type { Run } from '../chain/stage';
import type { BoundingBox } from '../volume/boundingBox';
import type { Sampled } from '../volume/resample';
import { resampleLabels } from '../volume/resampleLabels';
import type { Mask, Vec3 } from '../volume/volume';
import { cropToBox, type ImageAndMask } from './crop';
import { normalise } from './normalise';
import type { RadiomicsImage } from './radiomicsImage';
import { checkExtent, checkInsideImage, checkSameGrid, isResampled } from './regionMask';
import { resampleRegion } from './resampleRegion';
import { resegment } from './resegment';
import type { Settings } from './settings';

export interface Preprocessed {
  readonly image: Sampled;
  /** For intensity features and filters (IBSI: intensity mask). */
  readonly mask: Mask;
  /** For shape (IBSI: morphological mask). */
  readonly shapeMask: Mask;
  /** Before resegmentation. */
  readonly regionMask: Mask;
}

/**
 * Normalise, resample or pre-crop, check the region, resegment.
 * @throws InputError IMAGE_UNREADABLE, MASK_GRID, MASK_EMPTY, MASK_OUTSIDE or MASK_TOO_SMALL.
 */
export function preprocess(
  image: RadiomicsImage,
  mask: Mask,
  settings: Settings,
  run: Run,
): Preprocessed {
  refuseNotFinite(image);
  if (!settings.correctMask) checkSameGrid(image.grid, mask.grid, settings);
  const normalised = settings.normalize ? normalise(image, settings) : image;
  const region = toWorkingGrid(normalised, mask, settings, run);
  checkExtent(region.mask, settings);
  const regionMask = region.mask;
  if (settings.resegmentRange === null) return { ...region, shapeMask: regionMask, regionMask };
  const intensityMask = resegment(region, settings);
  const box = checkExtent(intensityMask, settings);
  const shapeMask = settings.resegmentShape ? intensityMask : insideBox(regionMask, box);
  return { image: region.image, mask: intensityMask, shapeMask, regionMask };
}

/** PyRadiomics crops the whole region to the box of the resegmented one before it takes shape. */
function insideBox({ grid, data }: Mask, { first, last }: BoundingBox): Mask {
  const [nx, ny] = grid.size;
  const clipped = new Uint8Array(data.length);
  for (let z = first[2]; z <= last[2]; z++) {
    for (let y = first[1]; y <= last[1]; y++) {
      const row = nx * (y + ny * z);
      const [start, end] = [row + first[0], row + last[0] + 1];
      clipped.set(data.subarray(start, end), start);
    }
  }
  return { grid, data: clipped };
}

function toWorkingGrid(
  image: RadiomicsImage,
  mask: Mask,
  settings: Settings,
  run: Run,
): ImageAndMask {
  const { interpolator, resampledPixelSpacing, padDistance } = settings;
  if (interpolator !== null && resampledPixelSpacing !== null && isResampled(settings)) {
    const [x, y, z] = resampledPixelSpacing;
    const spacingMm: Vec3 = [x, y, z];
    const { integerRange } = image;
    const how = { spacingMm, interpolator, padDistance, ...(integerRange && { integerRange }) };
    return resampleRegion(image, mask, how, run);
  }
  checkInsideImage(image.grid, mask);
  const onImage = mask.grid === image.grid ? mask : onGrid(mask, image, settings, run);
  const region = { image, mask: onImage };
  return settings.preCrop ? cropToBox(region, checkExtent(onImage, settings), padDistance) : region;
}

/** The mask on the image's grid: as it is within the tolerance, else by its nearest voxels. */
function onGrid(mask: Mask, image: Sampled, settings: Settings, run: Run): Mask {
  const sameSize = mask.grid.size.every((n, axis) => n === image.grid.size[axis]);
  if (!settings.correctMask && sameSize) return { grid: image.grid, data: mask.data };
  return resampleLabels(mask, image.grid, run);
}

function refuseNotFinite({ data }: Sampled): void {
  let count = 0;
  // A difference of a value with itself is 0 for finite numbers only.
  for (let i = 0; i < data.length; i++) if (data[i] - data[i] !== 0) count++;
  if (count === 0) return;
  throw new InputError(
    'IMAGE_UNREADABLE',
    `The image has NaN or infinite values (${count} of ${data.length} voxels): replace them by numbers first.`,
  );
}

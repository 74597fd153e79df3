import { integerRange, isIntegerType, type ImageFile } from '../io/imageFile';
import type { Sampled } from '../volume/resample';

export interface RadiomicsImage extends Sampled {
  /** The file's integer type where the array's type is wider; resampled values stay within it. */
  readonly integerRange?: readonly [number, number];
}

export function toRadiomicsImage({ grid, data, pixelType }: ImageFile): RadiomicsImage {
  return isIntegerType(pixelType)
    ? { grid, data, integerRange: integerRange(pixelType) }
    : { grid, data };
}

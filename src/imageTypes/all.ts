import { findBoundingBox } from '../volume/boundingBox';
import type { Mask, Samples } from '../volume/volume';
import type { Sampled } from '../volume/resample';
import { gradientMagnitude } from './gradient';
import { fitsLaplacian, laplacianOfGaussian } from './laplacianOfGaussian';
import { lbp2D } from './lbp2D';
import { lbp3D, spreadInside } from './lbp3D';
import { logName, type ImageNameSettings, type ImageType } from './names';
import { exponential, logarithm, square, squareRoot } from './pointwise';
import { waveletBands } from './wavelet';

/** PyRadiomics' settings of the filters, by their names there. */
export interface FilterSettings extends ImageNameSettings {
  readonly wavelet: string;
  readonly force2Ddimension: 0 | 1 | 2;
  readonly gradientUseSpacing: boolean;
  readonly lbp2DMethod: 'default' | 'ror' | 'uniform' | 'var';
  readonly lbp2DRadius: number;
  readonly lbp2DSamples: number;
  readonly lbp3DIcosphereRadius: number;
  readonly lbp3DIcosphereSubdivision: number;
}

export interface FilteredImage {
  readonly name: string;
  /**
   * On the grid of the input. Valid until the next image is taken, and inside the region: outside,
   * LoG and lbp-3D are not computed.
   */
  readonly data: Samples;
}

/**
 * The images of one type, one after the other, in any order; images that are not `wanted` are not
 * computed. A caller that lets go of each image before it takes the next holds one at a time.
 */
export function* filteredImages(
  type: ImageType,
  image: Sampled,
  mask: Mask,
  settings: FilterSettings,
  wanted: ReadonlySet<string>,
): Generator<FilteredImage> {
  switch (type) {
    case 'Original':
      yield { name: 'original', data: image.data };
      return;
    case 'Square':
      yield { name: 'square', data: square(image.data) };
      return;
    case 'SquareRoot':
      yield { name: 'squareroot', data: squareRoot(image.data) };
      return;
    case 'Logarithm':
      yield { name: 'logarithm', data: logarithm(image.data) };
      return;
    case 'Exponential':
      yield { name: 'exponential', data: exponential(image.data) };
      return;
    case 'Gradient': {
      const { gradientUseSpacing } = settings;
      yield {
        name: 'gradient',
        data: gradientMagnitude(image.data, image.grid, gradientUseSpacing),
      };
      return;
    }
    case 'LoG': {
      const box = findBoundingBox(mask);
      if (!box) return;
      for (const sigma of settings.sigma) {
        const name = logName(sigma);
        if (!wanted.has(name) || !fitsLaplacian(image.grid, sigma.mm)) continue;
        yield { name, data: laplacianOfGaussian(image.data, image.grid, sigma.mm, box) };
      }
      return;
    }
    case 'Wavelet':
      yield* waveletBands(image.data, image.grid.size, settings, wanted);
      return;
    case 'LBP3D':
      yield* patternImages(image, mask, settings, wanted);
      return;
    case 'LBP2D':
      yield { name: 'lbp-2D', data: lbp2D(image.data, image.grid.size, settings) };
      return;
  }
}

/** One array takes the images in turn. */
function* patternImages(
  { data, grid }: Sampled,
  mask: Mask,
  settings: FilterSettings,
  wanted: ReadonlySet<string>,
): Generator<FilteredImage> {
  const nameOf = (degree: number): string => `lbp-3D-m${degree + 1}`;
  const degrees = Array.from({ length: settings.lbp3DLevels }, (_, degree) => degree);
  const { norms, kurtosis } = lbp3D(data, grid.size, mask, settings, {
    degrees: degrees.filter((degree) => wanted.has(nameOf(degree))),
    kurtosis: wanted.has('lbp-3D-k'),
  });
  const filtered = new Float64Array(data.length);
  const named = norms.map(({ degree, values }) => ({ name: nameOf(degree), values }));
  if (kurtosis) named.push({ name: 'lbp-3D-k', values: kurtosis });
  for (const { name, values } of named) {
    spreadInside(values, mask, filtered);
    yield { name, data: filtered };
  }
}

/**
 * Laplacian of Gaussian as ITK's LaplacianRecursiveGaussianImageFilter with NormalizeAcrossScale:
 * for each axis the second derivative along it, smoothed along the two others, over the squared
 * spacing. Every intermediate image is single precision there, and therefore here.
 */
import type { Grid, Samples } from '../volume/volume';
import { filterLines, MINIMUM_LENGTH } from './recursiveFilter';
import { secondDerivativeCoefficients, smoothingCoefficients } from './recursiveGaussian';

const AXES = [0, 1, 2] as const;

/** PyRadiomics leaves the image out when it is shorter than the kernel along an axis. */
export function fitsLaplacian({ size, spacingMm }: Grid, sigmaMm: number): boolean {
  return size.every(
    (n, axis) => n >= MINIMUM_LENGTH && n >= Math.ceil(sigmaMm / spacingMm[axis]) + 1,
  );
}

export function laplacianOfGaussian(data: Samples, grid: Grid, sigmaMm: number): Float32Array {
  const { size, spacingMm } = grid;
  const sum = new Float32Array(data.length);
  const part = new Float32Array(data.length);
  for (const axis of AXES) {
    const scale = sigmaMm * sigmaMm;
    const second = secondDerivativeCoefficients(sigmaMm / spacingMm[axis], scale);
    filterLines(data, size, axis, second, part);
    for (const other of AXES) {
      if (other === axis) continue;
      const smoothing = smoothingCoefficients(sigmaMm / spacingMm[other]);
      filterLines(part, size, other, smoothing, part);
    }
    const perSquare = 1 / (spacingMm[axis] * spacingMm[axis]);
    for (let i = 0; i < sum.length; i++) sum[i] += part[i] * perSquare;
  }
  return sum;
}

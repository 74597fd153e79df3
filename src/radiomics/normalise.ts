import type { Sampled } from '../volume/resample';
import type { Samples } from '../volume/volume';
import type { Settings } from './settings';

/**
 * PyRadiomics' `normalizeImage`: (x - mean) / SD over the whole image (SD with divisor n - 1, as
 * SimpleITK's Normalize), outliers clipped at `removeOutliers` SDs, times `normalizeScale`.
 */
export function normalise({ grid, data }: Sampled, settings: Settings): Sampled {
  const n = data.length;
  const { sum, squares } = compensatedSums(data);
  const mean = sum / n;
  // ITK's formula to the last bit: values often lie on the edge of a bin.
  const scale = 1 / Math.sqrt((squares - (sum * sum) / n) / (n - 1));
  const limit = settings.removeOutliers ?? Infinity;
  const normalised = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const z = (data[i] - mean) * scale;
    normalised[i] = (z > limit ? limit : z < -limit ? -limit : z) * settings.normalizeScale;
  }
  return { grid, data: normalised };
}

/** Kahan's sums of values and squares, as ITK's StatisticsImageFilter. */
function compensatedSums(data: Samples): { readonly sum: number; readonly squares: number } {
  let [sum, lost, squares, lostSquares] = [0, 0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    const term = value - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
    const square = value * value - lostSquares;
    const nextSquares = squares + square;
    lostSquares = nextSquares - squares - square;
    squares = nextSquares;
  }
  return { sum, squares };
}

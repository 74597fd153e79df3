import type { Sampled } from '../volume/resample';
import type { Settings } from './settings';

/**
 * PyRadiomics' `normalizeImage`: (x - mean) / SD over the whole image (SD with divisor n - 1, as
 * SimpleITK's Normalize), outliers clipped at `removeOutliers` SDs, times `normalizeScale`.
 */
export function normalise({ grid, data }: Sampled, settings: Settings): Sampled {
  const n = data.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += data[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (data[i] - mean) * (data[i] - mean);
  const scale = 1 / Math.sqrt(squares / (n - 1));
  const limit = settings.removeOutliers ?? Infinity;
  const normalised = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const z = (data[i] - mean) * scale;
    normalised[i] = (z > limit ? limit : z < -limit ? -limit : z) * settings.normalizeScale;
  }
  return { grid, data: normalised };
}

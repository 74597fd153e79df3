import { InputError } from '../chain/errors';
import type { Mask } from '../volume/volume';
import type { ImageAndMask } from './crop';
import type { Settings } from './settings';

/**
 * PyRadiomics' `resegmentMask`: keeps the voxels of the region that are not below the first and
 * not above the second threshold.
 * @throws InputError MASK_TOO_SMALL when fewer than two voxels remain.
 */
export function resegment({ image, mask }: ImageAndMask, settings: Settings): Mask {
  const { resegmentRange, resegmentMode } = settings;
  if (resegmentRange === null) return mask;
  const values = image.data.filter((_, i) => mask.data[i] !== 0);
  const sorted = [...resegmentRange].sort((a, b) => a - b);
  const [low, high = Infinity] = sorted.map(thresholdOf(values, resegmentMode));
  const data = mask.data.map((inside, i) =>
    inside !== 0 && image.data[i] >= low && image.data[i] <= high ? 1 : 0,
  );
  const left = data.reduce((count, inside) => count + inside, 0);
  if (left <= 1) {
    throw new InputError(
      'MASK_TOO_SMALL',
      `Only ${left} of ${values.length} voxels of the region lie within resegmentRange ` +
        `[${resegmentRange.join(', ')}] (${resegmentMode}): widen the range.`,
    );
  }
  return { grid: mask.grid, data };
}

function thresholdOf(
  values: ArrayLike<number>,
  mode: Settings['resegmentMode'],
): (threshold: number) => number {
  if (mode === 'absolute') return (threshold) => threshold;
  const n = values.length;
  let [sum, maximum] = [0, -Infinity];
  for (let i = 0; i < n; i++) {
    sum += values[i];
    maximum = Math.max(maximum, values[i]);
  }
  if (mode === 'relative') return (threshold) => maximum * threshold;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  const sd = Math.sqrt(squares / n);
  return (threshold) => mean + sd * threshold;
}

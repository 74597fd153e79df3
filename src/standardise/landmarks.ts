/**
 * Histogram landmarks and their standard scale.
 * References: Nyul & Udupa, MRM 1999;42:1072; Nyul, Udupa & Zhang, IEEE TMI 2000;19:143.
 */
import { orderStatistic } from '../numerics/orderStatistic';
import type { Mask, Samples } from '../volume/volume';

/** Of the values inside the mask, by linear interpolation between order statistics. `percentiles` 0 to 100. */
export function percentileLandmarks(
  data: Samples,
  mask: Mask,
  percentiles: readonly number[],
): number[] {
  const inside = valuesInside(data, mask);
  if (inside.length === 0) throw new Error('Landmarks need at least one voxel in the mask.');
  let known = 0;
  const at = (k: number): number => {
    const value = orderStatistic(inside, k, k < known ? 0 : known);
    known = k;
    return value;
  };
  return percentiles.map((percentile) => {
    const position = (percentile / 100) * (inside.length - 1);
    const below = Math.floor(position);
    const above = Math.min(below + 1, inside.length - 1);
    const [low, high] = [at(below), at(above)];
    return low + (position - below) * (high - low);
  });
}

/** In the precision of the image: single precision holds its own values and those of 16 bits. */
function valuesInside(data: Samples, mask: Mask): Float32Array | Float64Array {
  let count = 0;
  for (let i = 0; i < data.length; i++) if (mask.data[i] !== 0) count++;
  const isWide = data instanceof Float64Array || data instanceof Int32Array;
  const values = isWide ? new Float64Array(count) : new Float32Array(count);
  for (let i = 0, n = 0; i < data.length; i++) if (mask.data[i] !== 0) values[n++] = data[i];
  return values;
}

/**
 * The standard landmarks of a cohort: every image's first and last landmark are brought to the ends
 * of the common scale by a linear map, and each landmark is averaged over the images.
 */
export function trainStandardLandmarks(
  images: readonly (readonly number[])[],
  scale: readonly [number, number] = [0, 100],
): number[] {
  if (images.length === 0) throw new Error('Standard landmarks need at least one image.');
  const onScale = images.map((landmarks) => ontoScale(landmarks, scale));
  return onScale[0].map(
    (_, i) => onScale.reduce((sum, landmarks) => sum + landmarks[i], 0) / images.length,
  );
}

/**
 * How far an image's tissue mix is from the training's: the largest distance between its landmarks,
 * brought linearly onto the standard ends, and the standard landmarks; 1 is the whole scale.
 */
export function landmarkDeviation(image: readonly number[], standard: readonly number[]): number {
  const [low, high] = [standard[0], standard[standard.length - 1]];
  const moved = ontoScale(image, [low, high]);
  const worst = moved.reduce((most, v, i) => Math.max(most, Math.abs(v - standard[i])), 0);
  return worst / (high - low);
}

function ontoScale(landmarks: readonly number[], [s1, s2]: readonly [number, number]): number[] {
  const low = landmarks[0];
  const range = landmarks[landmarks.length - 1] - low;
  if (!(range > 0)) throw new Error('An image whose landmarks coincide has no intensity scale.');
  return landmarks.map((value) => s1 + ((value - low) / range) * (s2 - s1));
}

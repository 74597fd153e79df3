/**
 * Histogram landmarks and their standard scale.
 * References: Nyul & Udupa, MRM 1999;42:1072; Nyul, Udupa & Zhang, IEEE TMI 2000;19:143.
 */
import type { Mask, Samples } from '../volume/volume';

/** Of the values inside the mask, by linear interpolation between order statistics. `percentiles` 0 to 100. */
export function percentileLandmarks(
  data: Samples,
  mask: Mask,
  percentiles: readonly number[],
): number[] {
  const values = new Float64Array(data.length);
  let count = 0;
  for (let i = 0; i < data.length; i++) if (mask.data[i] !== 0) values[count++] = data[i];
  const inside = values.subarray(0, count).sort();
  if (count === 0) throw new Error('Landmarks need at least one voxel in the mask.');
  return percentiles.map((percentile) => {
    const position = (percentile / 100) * (inside.length - 1);
    const below = Math.floor(position);
    const above = Math.min(below + 1, inside.length - 1);
    return inside[below] + (position - below) * (inside[above] - inside[below]);
  });
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

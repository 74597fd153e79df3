/**
 * Brings an image onto the model's intensity scale: the piecewise linear map that takes the image's
 * own landmarks to the standard ones (Nyul & Udupa 1999). Beyond the outer landmarks it goes on with
 * the slope of the whole range: a tumour lies there, and the last piece alone, which hangs on the
 * distance of two high percentiles, would stretch it at random. The map is strictly increasing: image
 * landmarks that coincide are merged.
 */
import { InputError } from '../chain/errors';
import type { Run } from '../chain/stage';
import type { Volume } from '../volume/volume';

export interface LandmarkMap {
  readonly image: readonly number[];
  readonly standard: readonly number[];
}

export type StandardisedVolume = Volume<'standardised', Float32Array>;

/** @throws InputError IMAGE_UNREADABLE when all landmarks of the image coincide. */
export function standardiseIntensity(
  volume: Volume<'resampled', Float32Array>,
  landmarks: LandmarkMap,
  run: Run,
): StandardisedVolume {
  const { knots, values } = strictlyIncreasing(landmarks);
  run.signal.throwIfAborted();
  const data = new Float32Array(volume.data.length);
  for (let i = 0; i < data.length; i++) data[i] = mapped(volume.data[i], knots, values);
  return { stage: 'standardised', grid: volume.grid, data };
}

function mapped(x: number, knots: readonly number[], values: readonly number[]): number {
  const last = knots.length - 1;
  if (x < knots[0] || x > knots[last]) {
    const end = x < knots[0] ? 0 : last;
    const slope = (values[last] - values[0]) / (knots[last] - knots[0]);
    return values[end] + (x - knots[end]) * slope;
  }
  let piece = 0;
  while (piece < last - 1 && x >= knots[piece + 1]) piece++;
  const slope = (values[piece + 1] - values[piece]) / (knots[piece + 1] - knots[piece]);
  return values[piece] + (x - knots[piece]) * slope;
}

/** Equal image landmarks become one, at the mean of their standard values. */
function strictlyIncreasing({ image, standard }: LandmarkMap): {
  knots: number[];
  values: number[];
} {
  const groups = new Map<number, number[]>();
  image.forEach((knot, i) => groups.set(knot, [...(groups.get(knot) ?? []), standard[i]]));
  const knots = [...groups.keys()];
  if (knots.length < 2) {
    throw new InputError(
      'IMAGE_UNREADABLE',
      'A series has the same value almost everywhere in the body, so its intensities cannot be standardised: choose another series.',
    );
  }
  const values = [...groups.values()].map(
    (tied) => tied.reduce((sum, value) => sum + value, 0) / tied.length,
  );
  return { knots, values };
}

/**
 * The noise of an image, and more of it. Reference: Immerkaer, Comput Vis Image Underst 1996;64:300:
 * the difference of two Laplacians, slice by slice, is blind to edges of first and second order; here
 * with the median instead of the mean, which edges of the anatomy do not reach.
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { orderStatistic } from '../numerics/orderStatistic';
import type { Mask, Samples, Volume } from '../volume/volume';

/** SD of the operator's response to noise of SD 1; its weights are (1, -2, 1) x (1, -2, 1). */
const RESPONSE_SD = 6;
/** Median of |x| of a normal distribution of SD 1. */
const NORMAL_MEDIAN = 0.6744897501960817;

/** SD of the noise inside `body`, in units of the image; 0 for an image without any. */
export function noiseSd({ grid, data }: Volume, body: Mask): number {
  const [nx, ny, nz] = grid.size;
  const responses = new Float64Array(data.length);
  let count = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 1; y < ny - 1; y++) {
      for (let x = 1; x < nx - 1; x++) {
        const i = x + nx * (y + ny * z);
        if (body.data[i] !== 0) responses[count++] = Math.abs(response(data, i, nx));
      }
    }
  }
  if (count === 0) return 0;
  const middle = orderStatistic(responses.subarray(0, count), Math.floor(count / 2));
  return middle / (NORMAL_MEDIAN * RESPONSE_SD);
}

/**
 * The image with independent noise of this SD added. A normal deviate is the sum of twelve uniform
 * ones, so that every JavaScript engine adds the same.
 */
export function withNoise<Stage extends Volume['stage']>(
  volume: Volume<Stage>,
  sd: number,
  seed: number,
): Volume<Stage, Float32Array> {
  const generator = xoroshiro128plus(seed);
  const data = Float32Array.from(volume.data, (value) => {
    let sum = -6;
    for (let k = 0; k < 12; k++) sum += uniformFloat64(generator);
    return value + sd * sum;
  });
  return { ...volume, data };
}

function response(data: Samples, i: number, nx: number): number {
  const row = (j: number): number => data[j - 1] - 2 * data[j] + data[j + 1];
  return row(i - nx) - 2 * row(i) + row(i + nx);
}

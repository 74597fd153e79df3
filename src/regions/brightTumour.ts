/**
 * A tumour can be so much brighter than everything else (fluid on fat-suppressed T2) that Otsu's
 * threshold separates it from body and air together. Its mask is then no body mask, and the threshold
 * is found again from the voxels away from the tumour.
 */
import type { Samples } from '../volume/volume';

/**
 * Of the voxels away from the tumour. A limb fills 5 % of its images at least; the six reference series
 * have 0.9 % or more above N4's threshold, and 0.05 % or less when their tumour is twice as bright.
 */
const LEAST_SHARE = 0.005;

/** Whether a mask shows next to nothing away from the tumour. All arrays of one grid. */
export function showsTumourOnly(mask: Uint8Array, tumour: Uint8Array): boolean {
  let [away, shown] = [0, 0];
  for (let i = 0; i < mask.length; i++) {
    if (tumour[i] !== 0) continue;
    away++;
    if (mask[i] !== 0) shown++;
  }
  return away > 0 && shown < LEAST_SHARE * away;
}

/** The values away from the tumour. */
export function awayFrom(tumour: Uint8Array, data: Samples): Samples {
  return data.filter((_, i) => tumour[i] === 0);
}

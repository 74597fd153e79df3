/** The four cubic B-spline weights and their voxels, as ITK's BSplineInterpolateImageFunction. */

/** First of the four voxels; ITK takes the floor of the position in single precision. */
export function supportStart(position: number): number {
  return Math.floor(Math.fround(position)) - 1;
}

/** Writes the weights of voxels start .. start + 3 to `out` from `at`. */
export function writeWeights(position: number, start: number, out: Float64Array, at: number): void {
  const w = position - (start + 1);
  const w3 = (1 / 6) * w * w * w;
  const w0 = 1 / 6 + 0.5 * w * (w - 1) - w3;
  const w2 = w + w0 - 2 * w3;
  out[at] = w0;
  out[at + 1] = 1 - w0 - w2 - w3;
  out[at + 2] = w2;
  out[at + 3] = w3;
}

/** Reflects an index at the centres of the first and the last of n voxels. */
export function mirror(index: number, n: number): number {
  if (n === 1) return 0;
  const positive = index < 0 ? -index : index;
  return positive >= n ? 2 * (n - 1) - positive : positive;
}

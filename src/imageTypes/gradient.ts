/**
 * Gradient magnitude as ITK's GradientMagnitudeImageFilter: central differences over the spacing,
 * the border voxel repeated outside the image, result in single precision.
 */
import type { Grid, Samples } from '../volume/volume';

export function gradientMagnitude(data: Samples, grid: Grid, useSpacing: boolean): Float32Array {
  const [nx, ny, nz] = grid.size;
  const [cx, cy, cz] = grid.spacingMm.map((s) => 0.5 * (useSpacing ? 1 / s : 1));
  const magnitude = new Float32Array(data.length);
  const slice = nx * ny;
  for (let z = 0, row = 0; z < nz; z++) {
    const below = z > 0 ? -slice : 0;
    const above = z < nz - 1 ? slice : 0;
    for (let y = 0; y < ny; y++, row += nx) {
      const before = y > 0 ? -nx : 0;
      const after = y < ny - 1 ? nx : 0;
      const last = row + nx - 1;
      const along = (from: number, to: number, left: number, right: number): void => {
        const steps = [left, right, before, after, below, above] as const;
        magnitudes(data, from, to, steps, cx, cy, cz, magnitude);
      };
      along(row, row + 1, 0, nx > 1 ? 1 : 0);
      along(row + 1, last, -1, 1);
      if (nx > 1) along(last, last + 1, -1, 0);
    }
  }
  return magnitude;
}

/** Voxels `from` to `to` (exclusive), whose neighbours lie at these steps. */
function magnitudes(
  data: Samples,
  from: number,
  to: number,
  steps: readonly [number, number, number, number, number, number],
  cx: number,
  cy: number,
  cz: number,
  magnitude: Float32Array,
): void {
  const left = steps[0];
  const right = steps[1];
  const before = steps[2];
  const after = steps[3];
  const below = steps[4];
  const above = steps[5];
  for (let at = from; at < to; at++) {
    const dx = cx * data[at + right] - cx * data[at + left];
    const dy = cy * data[at + after] - cy * data[at + before];
    const dz = cz * data[at + above] - cz * data[at + below];
    magnitude[at] = Math.sqrt(dx * dx + dy * dy + dz * dz);
  }
}

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
  for (let z = 0, at = 0; z < nz; z++) {
    const below = z > 0 ? -slice : 0;
    const above = z < nz - 1 ? slice : 0;
    for (let y = 0; y < ny; y++) {
      const before = y > 0 ? -nx : 0;
      const after = y < ny - 1 ? nx : 0;
      for (let x = 0; x < nx; x++, at++) {
        const left = x > 0 ? -1 : 0;
        const right = x < nx - 1 ? 1 : 0;
        const dx = cx * data[at + right] - cx * data[at + left];
        const dy = cy * data[at + after] - cy * data[at + before];
        const dz = cz * data[at + above] - cz * data[at + below];
        magnitude[at] = Math.sqrt(dx * dx + dy * dy + dz * dz);
      }
    }
  }
  return magnitude;
}

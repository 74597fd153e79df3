import type { Grid, Mask } from '../src/volume/volume';
import { gradientNoise } from './noise';
import { stream } from './random';

const { ceil, exp, max, min } = Math;

/**
 * The tumour as a radiologist draws it: plane by plane, smoother than the tumour's surface,
 * off by part of a pixel here and there, without the last thin caps.
 * @param inside distance below the surface of the tumour in mm for each voxel, negative outside.
 */
export function drawContour(grid: Grid, inside: Float32Array, seed: number): Mask {
  const [nx, ny, nz] = grid.size;
  const plane = nx * ny;
  const [spacing] = grid.spacingMm;
  const hand = gradientNoise(stream(seed, 'hand'));
  const kernel = gaussian(1.8 / spacing);
  const data = new Uint8Array(inside.length);
  const distance = new Float32Array(plane);
  const scratch = new Float32Array(plane);
  for (let k = 0; k < nz; k++) {
    let seen = false;
    for (let i = 0; i < plane; i++) {
      const d = inside[k * plane + i];
      seen ||= d > 0;
      distance[i] = min(6, max(-6, d));
    }
    if (!seen) continue;
    blurLines(distance, scratch, kernel, ny, nx, nx, 1);
    blurLines(scratch, distance, kernel, nx, ny, 1, nx);
    let drawn = 0;
    for (let y = 0, i = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        const slip = 1.1 * hand((x * spacing) / 13, (y * spacing) / 13, k / 2);
        if (distance[i] + slip + 0.25 > 0) {
          data[k * plane + i] = 1;
          drawn++;
        }
      }
    }
    if (drawn * spacing * spacing < 40) data.fill(0, k * plane, (k + 1) * plane);
  }
  return { grid, data };
}

function gaussian(sigma: number): Float64Array {
  const reach = ceil(3 * sigma);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    exp(-0.5 * ((i - reach) / sigma) ** 2),
  );
  const sum = kernel.reduce((a, b) => a + b, 0);
  return kernel.map((value) => value / sum);
}

function blurLines(
  from: Float32Array,
  to: Float32Array,
  kernel: Float64Array,
  lines: number,
  length: number,
  lineStride: number,
  stride: number,
): void {
  const reach = (kernel.length - 1) / 2;
  for (let l = 0; l < lines; l++) {
    const start = l * lineStride;
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let t = -reach; t <= reach; t++) {
        const at = min(length - 1, max(0, i + t));
        sum += kernel[t + reach] * from[start + at * stride];
      }
      to[start + i * stride] = sum;
    }
  }
}

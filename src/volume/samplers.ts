/** Values of an image between its voxels, by ITK's interpolators. */
import { bsplineCoefficients, type Box } from './bsplineCoefficients';
import { mirror, supportStart, writeWeights } from './bsplineKernel';
import type { Samples, Vec3 } from './volume';

/** The value at a position (in voxels) at most half a voxel beyond the outer centres. */
export type Sampler = (x: number, y: number, z: number) => number;

export function nearestSampler(data: Samples, size: Vec3): Sampler {
  const [nx, ny, nz] = size;
  return (x, y, z) =>
    data[nearestVoxel(x, nx) + nx * (nearestVoxel(y, ny) + ny * nearestVoxel(z, nz))];
}

/**
 * Half an integer rounds up. As ITK does it: 2 x + 0.5 to the nearest integer (of two, the even one),
 * halved. The sum rounds, so a position one bit below a half may still go up, and such ties are
 * common on oblique grids.
 */
export function nearestVoxel(x: number, n: number): number {
  const doubled = 2 * x + 0.5;
  const whole = Math.floor(doubled);
  const rest = doubled - whole;
  const up = rest > 0.5 || (rest === 0.5 && whole % 2 !== 0);
  return Math.min(n - 1, Math.floor((up ? whole + 1 : whole) / 2));
}

/** Beyond the outer centres the border value continues. */
export function linearSampler(data: Samples, size: Vec3): Sampler {
  const [nx, ny, nz] = size;
  return (x, y, z) => {
    const i = Math.max(0, Math.floor(x));
    const j = Math.max(0, Math.floor(y));
    const k = Math.max(0, Math.floor(z));
    const u = x > i && i + 1 < nx ? x - i : 0;
    const v = y > j && j + 1 < ny ? y - j : 0;
    const w = z > k && k + 1 < nz ? z - k : 0;
    const a = i + nx * (j + ny * k);
    const dx = u > 0 ? 1 : 0;
    const dy = v > 0 ? nx : 0;
    const dz = w > 0 ? nx * ny : 0;
    const mix = (p: number, q: number, t: number): number => p + (q - p) * t;
    const near = mix(mix(data[a], data[a + dx], u), mix(data[a + dy], data[a + dx + dy], u), v);
    const b = a + dz;
    const far = mix(mix(data[b], data[b + dx], u), mix(data[b + dy], data[b + dx + dy], u), v);
    return mix(near, far, w);
  };
}

/**
 * Cubic B-spline through the voxels, mirrored at the outer centres. Products and sums run in ITK's
 * order: where a position is that of a voxel, an integer image's value comes out as an integer or one
 * bit below it, and is cut accordingly.
 * @param box the part of the image that is needed, with EXACT_MARGIN around it
 */
export function bsplineSampler(data: Samples, size: Vec3, box: Box): Sampler {
  const [nx, ny, nz] = size;
  const { values: c, size: inner } = bsplineCoefficients(data, size, box);
  const [x0, y0, z0] = box.start;
  const [wx, wy, wz] = [new Float64Array(4), new Float64Array(4), new Float64Array(4)];
  return (x, y, z) => {
    const sx = supportStart(x);
    const sy = supportStart(y);
    const sz = supportStart(z);
    writeWeights(x, sx, wx, 0);
    writeWeights(y, sy, wy, 0);
    writeWeights(z, sz, wz, 0);
    const i0 = mirror(sx, nx) - x0;
    const i1 = mirror(sx + 1, nx) - x0;
    const i2 = mirror(sx + 2, nx) - x0;
    const i3 = mirror(sx + 3, nx) - x0;
    const [u0, u1, u2, u3] = wx;
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      const slice = inner[1] * (mirror(sz + k, nz) - z0);
      const w = wz[k];
      for (let j = 0; j < 4; j++) {
        const row = inner[0] * (mirror(sy + j, ny) - y0 + slice);
        const v = wy[j];
        sum += u0 * v * w * c[row + i0];
        sum += u1 * v * w * c[row + i1];
        sum += u2 * v * w * c[row + i2];
        sum += u3 * v * w * c[row + i3];
      }
    }
    return sum;
  };
}

/** Values of an image between its voxels, by ITK's interpolators. */
import { bsplineCoefficients } from './bsplineCoefficients';
import { mirror, supportStart, writeWeights } from './bsplineKernel';
import type { Samples, Vec3 } from './volume';

/** The value at a position (in voxels) at most half a voxel beyond the outer centres. */
export type Sampler = (x: number, y: number, z: number) => number;

export function nearestSampler(data: Samples, size: Vec3): Sampler {
  const [nx, ny, nz] = size;
  return (x, y, z) => data[nearest(x, nx) + nx * (nearest(y, ny) + ny * nearest(z, nz))];
}

/**
 * Half an integer rounds up. As ITK does it: 2 x + 0.5 to the nearest integer (of two, the even one),
 * halved. The sum rounds, so a position one bit below a half may still go up, and such ties are
 * common on oblique grids.
 */
function nearest(x: number, n: number): number {
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

/** Cubic B-spline through the voxels, mirrored at the outer centres. */
export function bsplineSampler(data: Samples, size: Vec3): Sampler {
  const [nx, ny, nz] = size;
  const c = bsplineCoefficients(data, size, { start: [0, 0, 0], end: size }).values;
  const wx = new Float64Array(4);
  const wy = new Float64Array(4);
  const wz = new Float64Array(4);
  const ix = new Int32Array(4);
  const iy = new Int32Array(4);
  const iz = new Int32Array(4);
  return (x, y, z) => {
    const sx = supportStart(x);
    const sy = supportStart(y);
    const sz = supportStart(z);
    writeWeights(x, sx, wx, 0);
    writeWeights(y, sy, wy, 0);
    writeWeights(z, sz, wz, 0);
    for (let k = 0; k < 4; k++) {
      ix[k] = mirror(sx + k, nx);
      iy[k] = nx * mirror(sy + k, ny);
      iz[k] = nx * ny * mirror(sz + k, nz);
    }
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      let slice = 0;
      for (let j = 0; j < 4; j++) {
        const row = iz[k] + iy[j];
        slice +=
          wy[j] *
          (wx[0] * c[row + ix[0]] +
            wx[1] * c[row + ix[1]] +
            wx[2] * c[row + ix[2]] +
            wx[3] * c[row + ix[3]]);
      }
      sum += wz[k] * slice;
    }
    return sum;
  };
}

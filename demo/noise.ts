import type { RandomStream } from './random';

/** Bound here: a look-up of a global is slow in the context that tests run in. */
const { abs, floor } = Math;

/** Smooth random field of one length scale (1 unit), about -1 to 1, mean 0. */
export type Noise = (x: number, y: number, z: number) => number;

/**
 * Gradient noise, K. Perlin, Improving noise, SIGGRAPH 2002: random gradients on the integer
 * lattice, quintic fade between them. The lattice repeats after 256 units.
 */
export function gradientNoise(random: RandomStream): Noise {
  const p = permutation(random);
  return (x, y, z) => {
    const xf = floor(x);
    const yf = floor(y);
    const zf = floor(z);
    const dx = x - xf;
    const dy = y - yf;
    const dz = z - zf;
    const u = fade(dx);
    const v = fade(dy);
    const w = fade(dz);
    const a = p[xf & 255] + yf;
    const b = p[(xf + 1) & 255] + yf;
    const aa = p[a & 255] + zf;
    const ab = p[(a + 1) & 255] + zf;
    const ba = p[b & 255] + zf;
    const bb = p[(b + 1) & 255] + zf;
    const x1 = dx - 1;
    const y1 = dy - 1;
    const z1 = dz - 1;
    const near0 = mix(slope(p[aa & 255], dx, dy, dz), slope(p[ba & 255], x1, dy, dz), u);
    const near1 = mix(slope(p[ab & 255], dx, y1, dz), slope(p[bb & 255], x1, y1, dz), u);
    const far0 = mix(slope(p[(aa + 1) & 255], dx, dy, z1), slope(p[(ba + 1) & 255], x1, dy, z1), u);
    const far1 = mix(slope(p[(ab + 1) & 255], dx, y1, z1), slope(p[(bb + 1) & 255], x1, y1, z1), u);
    return mix(mix(near0, near1, v), mix(far0, far1, v), w);
  };
}

/** Lines of half-width `width` where the field crosses zero: septa, fasciae, fibres. 1 on the line. */
export function crossing(value: number, width: number): number {
  const t = abs(value) / width;
  return t >= 1 ? 0 : (1 - t) * (1 - t) * (1 + 2 * t);
}

function permutation(random: RandomStream): Uint8Array {
  const order = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 255; i > 0; i--) {
    const j = (random.bits() >>> 0) % (i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

function mix(a: number, b: number, t: number): number {
  return a + t * (b - a);
}

/** The 12 edge directions of a cube, four of them twice; tables, because branches on noise are slow. */
const SLOPE_X = Float64Array.from([1, -1, 1, -1, 1, -1, 1, -1, 0, 0, 0, 0, 1, 0, -1, 0]);
const SLOPE_Y = Float64Array.from([1, 1, -1, -1, 0, 0, 0, 0, 1, -1, 1, -1, 1, -1, 1, -1]);
const SLOPE_Z = Float64Array.from([0, 0, 0, 0, 1, 1, -1, -1, 1, 1, -1, -1, 0, 1, 0, -1]);

function slope(hash: number, x: number, y: number, z: number): number {
  const h = hash & 15;
  return SLOPE_X[h] * x + SLOPE_Y[h] * y + SLOPE_Z[h] * z;
}

import type { RandomStream } from './random';

/** Smooth random field of one length scale (1 unit), about -1 to 1, mean 0. */
export type Noise = (x: number, y: number, z: number) => number;

/**
 * Gradient noise, K. Perlin, Improving noise, SIGGRAPH 2002: random gradients on the integer
 * lattice, quintic fade between them. The lattice repeats after 256 units.
 */
export function gradientNoise(random: RandomStream): Noise {
  const p = permutation(random);
  return (x, y, z) => {
    const xf = Math.floor(x);
    const yf = Math.floor(y);
    const zf = Math.floor(z);
    const dx = x - xf;
    const dy = y - yf;
    const dz = z - zf;
    const u = fade(dx);
    const v = fade(dy);
    const w = fade(dz);
    const xi = xf & 255;
    const a = p[xi] + (yf & 255);
    const b = p[xi + 1] + (yf & 255);
    const zi = zf & 255;
    const aa = p[a & 255] + zi;
    const ab = p[(a + 1) & 255] + zi;
    const ba = p[b & 255] + zi;
    const bb = p[(b + 1) & 255] + zi;
    const near = mix(
      mix(slope(p[aa & 255], dx, dy, dz), slope(p[ba & 255], dx - 1, dy, dz), u),
      mix(slope(p[ab & 255], dx, dy - 1, dz), slope(p[bb & 255], dx - 1, dy - 1, dz), u),
      v,
    );
    const far = mix(
      mix(
        slope(p[(aa + 1) & 255], dx, dy, dz - 1),
        slope(p[(ba + 1) & 255], dx - 1, dy, dz - 1),
        u,
      ),
      mix(
        slope(p[(ab + 1) & 255], dx, dy - 1, dz - 1),
        slope(p[(bb + 1) & 255], dx - 1, dy - 1, dz - 1),
        u,
      ),
      v,
    );
    return mix(near, far, w);
  };
}

/** Lines of half-width `width` where the field crosses zero: septa, fasciae, fibres. 1 on the line. */
export function crossing(value: number, width: number): number {
  const t = Math.abs(value) / width;
  return t >= 1 ? 0 : (1 - t) * (1 - t) * (1 + 2 * t);
}

function permutation(random: RandomStream): Uint8Array {
  const order = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 255; i > 0; i--) {
    const j = (random.bits() >>> 0) % (i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  // One more entry than the lattice, so that xi + 1 needs no wrap.
  return Uint8Array.from({ length: 257 }, (_, i) => order[i & 255]);
}

function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

function mix(a: number, b: number, t: number): number {
  return a + t * (b - a);
}

/** Dot product with one of the 12 edge directions of a cube (four of them twice). */
function slope(hash: number, x: number, y: number, z: number): number {
  const h = hash & 15;
  const u = h < 8 ? x : y;
  const v = h < 4 ? y : h === 12 || h === 14 ? x : z;
  return ((h & 1) === 0 ? u : -u) + ((h & 2) === 0 ? v : -v);
}

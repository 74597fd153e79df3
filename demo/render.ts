import type { Mat4 } from '../src/volume/geometry';
import type { Vec3 } from '../src/volume/volume';
import { newLimbPoint } from './limb';
import type { Limb } from './limb';

const { ceil, floor } = Math;

/** The limb's signal on one fine grid, from which both series are drawn. */
export interface RenderedLimb {
  /** Limb coordinates (mm) -> index of the fine grid. */
  readonly fromLimb: Mat4;
  /** Linear interpolation at a fine-grid index; `fatExcess` of the fat's signal is added. 0 outside. */
  readonly sampler: (
    channel: 't2' | 'ce',
  ) => (x: number, y: number, z: number, fatExcess: number) => number;
}

export interface Box {
  readonly low: Vec3;
  readonly high: Vec3;
}

export function renderLimb(limb: Limb, box: Box, spacing: Vec3): RenderedLimb {
  const [nx, ny, nz] = box.low.map((low, a) => ceil((box.high[a] - low) / spacing[a]) + 1);
  const t2 = new Float32Array(nx * ny * nz);
  const ce = new Float32Array(nx * ny * nz);
  const fat = new Float32Array(nx * ny * nz);
  const point = newLimbPoint();
  for (let k = 0, i = 0; k < nz; k++) {
    const level = limb.levelAt(box.low[2] + k * spacing[2]);
    for (let j = 0; j < ny; j++) {
      const v = box.low[1] + j * spacing[1];
      for (let x = 0; x < nx; x++, i++) {
        limb.sample(point, level, box.low[0] + x * spacing[0], v);
        t2[i] = point.t2;
        ce[i] = point.ce;
        fat[i] = point.fat;
      }
    }
  }
  const sampler = (channel: 't2' | 'ce') => {
    const data = channel === 't2' ? t2 : ce;
    return (x: number, y: number, z: number, fatExcess: number): number => {
      const xf = floor(x);
      const yf = floor(y);
      const zf = floor(z);
      if (xf < 0 || yf < 0 || zf < 0 || xf >= nx - 1 || yf >= ny - 1 || zf >= nz - 1) return 0;
      const dx = x - xf;
      const dy = y - yf;
      const dz = z - zf;
      const i = xf + nx * (yf + ny * zf);
      const up = i + nx * ny;
      const interpolate = (a: Float32Array) =>
        (1 - dz) *
          ((1 - dy) * ((1 - dx) * a[i] + dx * a[i + 1]) +
            dy * ((1 - dx) * a[i + nx] + dx * a[i + nx + 1])) +
        dz *
          ((1 - dy) * ((1 - dx) * a[up] + dx * a[up + 1]) +
            dy * ((1 - dx) * a[up + nx] + dx * a[up + nx + 1]));
      const value = interpolate(data);
      return fatExcess === 0 ? value : value * (1 + fatExcess * interpolate(fat));
    };
  };
  const fromLimb: Mat4 = [
    1 / spacing[0],
    0,
    0,
    -box.low[0] / spacing[0],
    0,
    1 / spacing[1],
    0,
    -box.low[1] / spacing[1],
    0,
    0,
    1 / spacing[2],
    -box.low[2] / spacing[2],
    0,
    0,
    0,
    1,
  ];
  return { fromLimb, sampler };
}

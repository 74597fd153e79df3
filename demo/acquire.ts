import { applyToPoint, indexToWorld, multiply } from '../src/volume/geometry';
import type { Mat4 } from '../src/volume/geometry';
import type { Grid, Volume } from '../src/volume/volume';
import { voxelCount } from '../src/volume/volume';
import { stream } from './random';
import type { RenderedLimb } from './render';

const { PI, abs, cos, exp, max, min, round, sin, sqrt } = Math;

/** How one scanner turns tissue into numbers. */
export interface ScannerSettings {
  /** Stored value = gain x signal + offset. */
  readonly gain: number;
  readonly offset: number;
  /** SD of each of the two receiver channels before filtering, in units of signal (not of stored value). */
  readonly noise: number;
  /** SD of the log of the coil's sensitivity. */
  readonly biasStrength: number;
  /** Fat left by imperfect saturation towards the edges of the field, against well saturated fat. */
  readonly fatSaturationError: number;
}

export interface AcquiredSeries {
  readonly volume: Volume<'native', Uint16Array>;
  /** log of the multiplicative field; mean 0 over the grid. */
  readonly logBias: Volume<'native', Float32Array>;
}

const MAXIMUM_12_BIT = 4095;
/** Points and weights of the slice profile, in slice thicknesses from the middle. */
const SLICE_PROFILE = [
  [-0.45, 0.12],
  [-0.23, 0.23],
  [0, 0.3],
  [0.23, 0.23],
  [0.45, 0.12],
] as const;

/**
 * One 2-D multi-slice series: slice profile, coil field, complex noise, a truncated k-space, magnitude.
 * @param worldToLimb from this series' world (LPS mm) to limb coordinates: the patient may have moved.
 */
export function acquire(
  limb: RenderedLimb,
  channel: 't2' | 'ce',
  grid: Grid,
  thicknessMm: number,
  worldToLimb: Mat4,
  scanner: ScannerSettings,
  seed: number,
): AcquiredSeries {
  const logBias = coilField(grid, scanner.biasStrength, seed, channel);
  const signal = slices(limb, channel, grid, thicknessMm, worldToLimb, scanner);
  for (let i = 0; i < signal.length; i++) signal[i] *= exp(logBias[i]);
  const data = receive(signal, grid, scanner, seed, channel);
  return {
    volume: { stage: 'native', grid, data },
    logBias: { stage: 'native', grid, data: logBias },
  };
}

function slices(
  limb: RenderedLimb,
  channel: 't2' | 'ce',
  grid: Grid,
  thicknessMm: number,
  worldToLimb: Mat4,
  scanner: ScannerSettings,
): Float32Array {
  const [nx, ny, nz] = grid.size;
  const toRendered = multiply(limb.fromLimb, multiply(worldToLimb, indexToWorld(grid)));
  const out = new Float32Array(voxelCount(grid));
  const sample = limb.sampler(channel);
  const sx = toRendered[0];
  const sy = toRendered[4];
  const sz = toRendered[8];
  for (const [offset, weight] of SLICE_PROFILE) {
    const dz = (offset * thicknessMm) / grid.spacingMm[2];
    for (let k = 0, i = 0; k < nz; k++) {
      for (let j = 0; j < ny; j++) {
        const start = applyToPoint(toRendered, [0, j, k + dz]);
        for (let x = 0; x < nx; x++, i++) {
          // Saturation fails where the main field is off: towards the corners and the last slices.
          const a = (2 * x) / (nx - 1) - 1;
          const b = (2 * j) / (ny - 1) - 1;
          const c = (2 * k) / max(1, nz - 1) - 1;
          const failure =
            scanner.fatSaturationError * (0.45 * a * a + 0.4 * b * b + 0.5 * c * c + 0.2 * a * c);
          out[i] +=
            weight * sample(start[0] + sx * x, start[1] + sy * x, start[2] + sz * x, failure);
        }
      }
    }
  }
  return out;
}

/** Low-order polynomial of random direction, as of a surface coil wrapped round the limb. */
function coilField(grid: Grid, strength: number, seed: number, name: string): Float32Array {
  const random = stream(seed, `coil ${name}`);
  const c = Array.from({ length: 8 }, () => random.normal());
  const [nx, ny, nz] = grid.size;
  const field = new Float32Array(voxelCount(grid));
  for (let k = 0, i = 0; k < nz; k++) {
    const z = (2 * k) / max(1, nz - 1) - 1;
    for (let j = 0; j < ny; j++) {
      const y = (2 * j) / (ny - 1) - 1;
      for (let x0 = 0; x0 < nx; x0++, i++) {
        const x = (2 * x0) / (nx - 1) - 1;
        field[i] =
          0.7 * (c[0] * x + c[1] * y) +
          0.3 * c[2] * z +
          0.5 * (abs(c[3]) * (x * x + y * y) - 0.4 * z * z) +
          0.4 * c[4] * x * y +
          0.35 * sin(2.2 * x + c[5]) * cos(1.8 * y + c[6]) +
          0.15 * c[7] * z * x;
      }
    }
  }
  let sum = 0;
  let squares = 0;
  for (const value of field) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / field.length;
  const sd = sqrt(squares / field.length - mean * mean);
  for (let i = 0; i < field.length; i++) field[i] = (strength * (field[i] - mean)) / sd;
  return field;
}

/** Noise on both channels, in-plane point spread of a truncated k-space, magnitude, 12 bits. */
function receive(
  signal: Float32Array,
  grid: Grid,
  scanner: ScannerSettings,
  seed: number,
  name: string,
): Uint16Array {
  const random = stream(seed, `receiver ${name}`);
  const [nx, ny, nz] = grid.size;
  const plane = nx * ny;
  const real = new Float32Array(plane);
  const imaginary = new Float32Array(plane);
  const scratch = new Float32Array(plane);
  const data = new Uint16Array(signal.length);
  for (let k = 0; k < nz; k++) {
    for (let i = 0; i < plane; i++) {
      real[i] = signal[k * plane + i] + scanner.noise * random.normal();
      imaginary[i] = scanner.noise * random.normal();
    }
    truncate(real, scratch, nx, ny);
    truncate(imaginary, scratch, nx, ny);
    for (let i = 0; i < plane; i++) {
      const value =
        scanner.gain * sqrt(real[i] * real[i] + imaginary[i] * imaginary[i]) + scanner.offset;
      data[k * plane + i] = min(MAXIMUM_12_BIT, max(0, round(value)));
    }
  }
  return data;
}

/** sinc of 0.78 of the sampled band under a Hann window of +-4 pixels: slight blur, slight ringing. */
const PSF = pointSpread(0.78, 4);

function pointSpread(band: number, reach: number): Float64Array {
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => {
    const x = i - reach;
    const t = PI * band * x;
    const sinc = x === 0 ? 1 : sin(t) / t;
    return sinc * (0.5 + 0.5 * cos((PI * x) / (reach + 1)));
  });
  const sum = kernel.reduce((a, b) => a + b, 0);
  return kernel.map((value) => value / sum);
}

function truncate(image: Float32Array, scratch: Float32Array, nx: number, ny: number): void {
  convolveLines(image, scratch, ny, nx, nx, 1);
  convolveLines(scratch, image, nx, ny, 1, nx);
}

/** Edge pixels are repeated outside. */
function convolveLines(
  from: Float32Array,
  to: Float32Array,
  lines: number,
  length: number,
  lineStride: number,
  stride: number,
): void {
  const reach = (PSF.length - 1) / 2;
  for (let l = 0; l < lines; l++) {
    const start = l * lineStride;
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let t = -reach; t <= reach; t++) {
        const at = min(length - 1, max(0, i + t));
        sum += PSF[t + reach] * from[start + at * stride];
      }
      to[start + i * stride] = sum;
    }
  }
}

/**
 * Coefficients of the cubic B-spline through the voxels: the recursive prefilter of Unser (IEEE
 * Signal Process. Mag. 1999, box 2) with mirror borders, as ITK's BSplineDecompositionImageFilter
 * runs it (tolerance 1e-10 for the causal start unless another is asked for), in double precision.
 */
import type { Samples, Vec3 } from './volume';

const POLE = Math.sqrt(3) - 2;
const GAIN = (1 - POLE) * (1 - 1 / POLE);
/** Beyond this many samples the causal sum changes by less than 1e-10: ITK stops there. */
export const ITK_HORIZON = Math.ceil(Math.log(1e-10) / Math.log(Math.abs(POLE)));

/** A small integer, because V8 compiles the filter for those. */
export const WHOLE_LINE = 2 ** 30 - 1;

/** POLE^32 is below 1e-18, so a cut this far away leaves coefficients unchanged to the last bit. */
export const COEFFICIENT_MARGIN = 32;
/** Far enough that not even the rounding of a sum changes. */
export const EXACT_MARGIN = 48;

/** So few that the lines stay in the processor's cache, and that V8 compiles the filter early. */
const LINES_AT_ONCE = 256;

/** Voxel corners, `end` exclusive. */
export interface Box {
  readonly start: Vec3;
  readonly end: Vec3;
}

export interface Coefficients {
  readonly box: Box;
  readonly size: Vec3;
  /** x fastest, of the box only. */
  readonly values: Float64Array;
}

/**
 * Coefficients of the part of an image inside `box`; borders of the box act as mirrors.
 * @param horizon samples that the start of the recursion looks at; `WHOLE_LINE`: all, as SciPy does.
 */
export function bsplineCoefficients(
  data: Samples,
  size: Vec3,
  box: Box,
  horizon = ITK_HORIZON,
): Coefficients {
  const [nx, ny, nz] = [0, 1, 2].map((a) => box.end[a] - box.start[a]);
  const values = new Float64Array(nx * ny * nz);
  for (let z = 0, to = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++, to += nx) {
      const from = box.start[0] + size[0] * (box.start[1] + y + size[1] * (box.start[2] + z));
      values.set(data.subarray(from, from + nx), to);
    }
  }
  for (let line = 0; line < ny * nz; line++) filterLines(values, line * nx, nx, 1, 1, horizon);
  for (let z = 0; z < nz; z++) filterLines(values, z * nx * ny, ny, nx, nx, horizon);
  for (let first = 0; first < nx * ny; first += LINES_AT_ONCE) {
    const width = Math.min(LINES_AT_ONCE, nx * ny - first);
    filterLines(values, first, nz, nx * ny, width, horizon);
  }
  return { box, size: [nx, ny, nz], values };
}

/**
 * Filters `width` neighbouring lines in place, side by side so that memory is read in order.
 * A line has `n` samples, `stride` apart, and the lines start at `offset`, `offset + 1`, ...
 */
function filterLines(
  c: Float64Array,
  offset: number,
  n: number,
  stride: number,
  width: number,
  horizon: number,
): void {
  if (n === 1) return;
  const end = offset + (n - 1) * stride;
  for (let i = 0; i < n; i++) {
    const row = offset + i * stride;
    for (let j = row; j < row + width; j++) c[j] *= GAIN;
  }
  startCausal(c, offset, n, stride, width, horizon);
  for (let i = 1; i < n; i++) {
    const row = offset + i * stride;
    for (let j = row; j < row + width; j++) c[j] += POLE * c[j - stride];
  }
  const closing = POLE / (POLE * POLE - 1);
  for (let j = end; j < end + width; j++) c[j] = closing * (POLE * c[j - stride] + c[j]);
  for (let i = n - 2; i >= 0; i--) {
    const row = offset + i * stride;
    for (let j = row; j < row + width; j++) c[j] = POLE * (c[j + stride] - c[j]);
  }
}

function startCausal(
  c: Float64Array,
  offset: number,
  n: number,
  stride: number,
  width: number,
  horizon: number,
): void {
  const last = offset + (n - 1) * stride;
  const poleToLast = integerPower(POLE, n - 1);
  for (let j = offset; j < offset + width; j++) {
    let sum = c[j];
    let zn = POLE;
    if (horizon < n) {
      for (let i = 1; i < horizon; i++) {
        sum += zn * c[j + i * stride];
        zn *= POLE;
      }
      c[j] = sum;
      continue;
    }
    const inverse = 1 / POLE;
    let z2n = poleToLast;
    sum += z2n * c[last + j - offset];
    z2n *= z2n * inverse;
    for (let i = 1; i <= n - 2; i++) {
      sum += (zn + z2n) * c[j + i * stride];
      zn *= POLE;
      z2n *= inverse;
    }
    c[j] = sum / (1 - zn * zn);
  }
}

/** By squaring: Math.pow differs in its last bits from engine to engine. */
function integerPower(base: number, exponent: number): number {
  let [power, factor] = [1, base];
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power *= factor;
    factor *= factor;
  }
  return power;
}

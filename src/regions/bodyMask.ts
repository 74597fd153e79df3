/**
 * Where the patient is and where the air is.
 *
 * Otsu's threshold (Otsu 1979) on the logarithm of the intensities: on fat-suppressed images fat and
 * muscle are so much darker than a tumour that the threshold of the plain intensities cuts the body
 * away with the air. Then: components of less than a tenth of the largest are dropped (noise,
 * markers; two legs stay), and holes are filled slice by slice (marrow, suppressed fat, vessels).
 */
import { orderStatistic } from '../numerics/orderStatistic';
import { log } from '../numerics/portableMath';
import type { Run } from '../chain/stage';
import type { Mat4 } from '../volume/geometry';
import { resampleLabels } from '../volume/resampleLabels';
import type { Mask, Samples, Volume } from '../volume/volume';
import { connectedComponents } from './components';
import { awayFrom, showsTumourOnly } from './brightTumour';
import { otsuThreshold } from './otsu';

const KEPT_COMPONENT_FRACTION = 0.1;

export interface BodyMask extends Mask {
  /** The tumour was so bright that body and air were told apart without it. */
  readonly withoutTumour: boolean;
}

/** @param tumour with its surroundings, on the grid of the image */
export function bodyMask(
  { grid, data }: Volume<'native' | 'biasCorrected', Samples>,
  tumour?: Mask,
): BodyMask {
  let above = aboveOtsu(data);
  const withoutTumour = tumour !== undefined && showsTumourOnly(above, tumour.data);
  if (withoutTumour) above = aboveOtsu(data, awayFrom(tumour.data, data));
  const { sizes, mask } = connectedComponents(above, grid.size, 'faces');
  const limit = KEPT_COMPONENT_FRACTION * sizes.reduce((a, b) => Math.max(a, b), 0);
  const body = mask((component) => sizes[component] >= limit);
  const slice = grid.size[0] * grid.size[1];
  const scratch = { outside: new Uint8Array(slice), stack: new Int32Array(slice) };
  for (let z = 0; z < grid.size[2]; z++) {
    fillHoles(body.subarray(z * slice, (z + 1) * slice), grid.size[0], grid.size[1], scratch);
  }
  return { grid, data: body, withoutTumour };
}

/** @param from the values that the threshold is found from */
function aboveOtsu(data: Samples, from = data): Uint8Array {
  // One array for both: an image of the series' size in single precision is what costs memory here.
  const scratch = new Float32Array(data.length);
  const some = scratch.subarray(0, from.length);
  const base = lowerIntensity(from, some);
  const scale = { base, offset: 0.01 * upperIntensity(from, base, some) };
  takeLogarithms(from, scale, some);
  const threshold = otsuThreshold(some);
  if (from !== data) takeLogarithms(data, scale, scratch);
  const above = new Uint8Array(data.length);
  for (let i = 0; i < above.length; i++) above[i] = scratch[i] > threshold ? 1 : 0;
  return above;
}

/**
 * A voxel is body when either sequence shows it: suppressed fat is dark on one, fluid on the other.
 * `toOther`: own LPS mm -> the other mask's LPS mm; voxels outside the other mask keep their own value.
 */
export function unionOfBodies(own: Mask, other: Mask, toOther: Mat4, run: Run): Mask {
  const mapped = resampleLabels(other, own.grid, run, toOther);
  const data = new Uint8Array(own.data.length);
  for (let i = 0; i < data.length; i++) data[i] = own.data[i] | mapped.data[i];
  return { grid: own.grid, data };
}

interface LogScale {
  /** Values from here on; below it as here. */
  readonly base: number;
  readonly offset: number;
}

function takeLogarithms(data: Samples, { base, offset }: LogScale, to: Float32Array): void {
  const isNarrow =
    data instanceof Uint8Array || data instanceof Uint16Array || data instanceof Int16Array;
  if (!isNarrow) {
    for (let i = 0; i < data.length; i++) to[i] = log(Math.max(0, data[i] - base) + offset);
    return;
  }
  // Far fewer values than voxels.
  const table = Float32Array.from({ length: 2 ** 16 }, (_, value) => log(value + offset));
  for (let i = 0; i < data.length; i++) to[i] = table[Math.max(0, data[i] - base)];
}

/**
 * Where the darkest values lie: 0, or the 1st percentile where that is below 0 (a rescale intercept),
 * in whole numbers. `values` is overwritten.
 */
function lowerIntensity(data: Samples, values: Float32Array): number {
  if (data.every((value) => value >= 0)) return 0;
  values.set(data);
  return Math.min(0, Math.floor(orderStatistic(values, Math.floor(0.01 * (data.length - 1)))));
}

/** The 99th percentile of the values above the base, or 1 when there are none. `values` is overwritten. */
function upperIntensity(data: Samples, base: number, values: Float32Array): number {
  let count = 0;
  for (let i = 0; i < data.length; i++) if (data[i] > base) values[count++] = data[i] - base;
  return count === 0
    ? 1
    : orderStatistic(values.subarray(0, count), Math.floor(0.99 * (count - 1)));
}

/** Sets every zero that cannot be reached from the border of the slice through zeros (4 neighbours). */
function fillHoles(
  slice: Uint8Array,
  nx: number,
  ny: number,
  { outside, stack }: { readonly outside: Uint8Array; readonly stack: Int32Array },
): void {
  outside.fill(0);
  let top = 0;
  const visit = (i: number): void => {
    if (slice[i] !== 0 || outside[i] !== 0) return;
    outside[i] = 1;
    stack[top++] = i;
  };
  for (let x = 0; x < nx; x++) {
    visit(x);
    visit(x + nx * (ny - 1));
  }
  for (let y = 0; y < ny; y++) {
    visit(nx * y);
    visit(nx - 1 + nx * y);
  }
  while (top > 0) {
    const i = stack[--top];
    const x = i % nx;
    if (x > 0) visit(i - 1);
    if (x < nx - 1) visit(i + 1);
    if (i >= nx) visit(i - nx);
    if (i < nx * (ny - 1)) visit(i + nx);
  }
  for (let i = 0; i < slice.length; i++) if (outside[i] === 0) slice[i] = 1;
}

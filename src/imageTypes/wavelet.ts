/**
 * Stationary wavelet decomposition as PyRadiomics' `getWaveletImage`: each step is
 * `pywt.swtn(level=1)` of the previous approximation (the filters are never dilated), odd sizes are
 * padded by the first voxel, single precision images stay single, all others are doubles.
 */
import type { Samples, Vec3 } from '../volume/volume';
import { filterAxis } from './periodicFilter';
import type { Real } from './tapSums';
import { waveletFilters, type WaveletFilters } from './waveletFilters';

export interface WaveletSettings {
  readonly wavelet: string;
  readonly start_level: number;
  readonly level: number;
  readonly force2D: boolean;
  /** The axis that is left out with `force2D`: 0 is z, 1 is y, 2 is x. */
  readonly force2Ddimension: 0 | 1 | 2;
}

export interface Band {
  readonly name: string;
  readonly data: Real;
}

/** The wanted bands, one after the other; a branch of the tree that none needs is not computed. */
export function* waveletBands(
  data: Samples,
  size: Vec3,
  settings: WaveletSettings,
  wanted: ReadonlySet<string>,
): Generator<Band> {
  const filters = waveletFilters(settings.wavelet, data instanceof Float32Array);
  const axes = [0, 1, 2].filter((a) => !settings.force2D || a !== 2 - settings.force2Ddimension);
  const approximation = 'L'.repeat(axes.length);
  const padded = padToEven(data, size);
  let source = padded.data;
  for (let step = 0; step < settings.start_level; step++) {
    source = approximationOf(source, padded.size, axes, filters);
  }
  for (let level = 1; level <= settings.level; level++) {
    const prefix = level === 1 ? 'wavelet' : `wavelet${level}`;
    const last = level === settings.level;
    const needed = new Set(
      bandLetters(axes.length).filter((letters) =>
        letters === approximation ? true : wanted.has(`${prefix}-${letters}`),
      ),
    );
    if (last && !wanted.has(`${prefix}-${approximation}`)) needed.delete(approximation);
    let next: Real | undefined;
    for (const band of decompose(source, padded.size, axes, filters, '', needed)) {
      const isApproximation = band.name === approximation;
      if (isApproximation) next = band.data;
      if (isApproximation && !last) continue;
      yield { name: `${prefix}-${band.name}`, data: cropTo(band.data, padded.size, size) };
    }
    if (next) source = next;
  }
}

function bandLetters(axes: number): string[] {
  return axes === 0 ? [''] : ['L', 'H'].flatMap((l) => bandLetters(axes - 1).map((r) => l + r));
}

function approximationOf(
  data: Real,
  size: Vec3,
  axes: readonly number[],
  filters: WaveletFilters,
): Real {
  const needed = new Set(['L'.repeat(axes.length)]);
  for (const band of decompose(data, size, axes, filters, '', needed)) return band.data;
  throw new Error('The decomposition gave no approximation.');
}

/** Depth first, so that beside the result only one pair of bands per axis is held. */
function* decompose(
  data: Real,
  size: Vec3,
  axes: readonly number[],
  filters: WaveletFilters,
  letters: string,
  needed: ReadonlySet<string>,
): Generator<Band> {
  if (axes.length === 0) {
    yield { name: letters, data };
    return;
  }
  const [axis, ...further] = axes;
  const isNeeded = (start: string): boolean => [...needed].some((name) => name.startsWith(start));
  const stride = [1, size[0], size[0] * size[1]][axis];
  const low = emptyLike(data);
  const high = emptyLike(data);
  filterAxis(data, size[axis], stride, filters, low, high);
  if (isNeeded(`${letters}L`)) yield* decompose(low, size, further, filters, `${letters}L`, needed);
  if (isNeeded(`${letters}H`)) {
    yield* decompose(high, size, further, filters, `${letters}H`, needed);
  }
}

function emptyLike(data: Real): Real {
  return data instanceof Float32Array
    ? new Float32Array(data.length)
    : new Float64Array(data.length);
}

/** numpy.pad(..., "wrap") by one voxel along the axes of odd size. */
function padToEven(data: Samples, size: Vec3): { data: Real; size: Vec3 } {
  const [nx, ny, nz] = size;
  const [px, py, pz] = size.map((n) => n + (n % 2));
  const count = px * py * pz;
  const padded = data instanceof Float32Array ? new Float32Array(count) : new Float64Array(count);
  for (let z = 0, to = 0; z < pz; z++) {
    for (let y = 0; y < py; y++, to += px) {
      const row = nx * ((y % ny) + ny * (z % nz));
      padded.set(data.subarray(row, row + nx), to);
      if (px > nx) padded[to + nx] = data[row];
    }
  }
  return { data: padded, size: [px, py, pz] };
}

function cropTo(data: Real, from: Vec3, size: Vec3): Real {
  if (from.every((n, axis) => n === size[axis])) return data;
  const [nx, ny, nz] = size;
  const count = nx * ny * nz;
  const cropped = data instanceof Float32Array ? new Float32Array(count) : new Float64Array(count);
  for (let z = 0, to = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++, to += nx) {
      const row = from[0] * (y + from[1] * z);
      cropped.set(data.subarray(row, row + nx), to);
    }
  }
  return cropped;
}

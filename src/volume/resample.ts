/**
 * Resampling onto another grid, through a rigid transform or not, in one interpolation, by the
 * rules of ITK's ResampleImageFilter: positions are interpolated along scan lines, and a position
 * counts as inside up to half a voxel beyond the outer voxel centres.
 */
import type { Run } from '../chain/stage';
import type { Mat4 } from './geometry';
import { EXACT_MARGIN, type Box } from './bsplineCoefficients';
import {
  alignedPositions,
  indexMap,
  isAligned,
  mapIndex,
  scanLine,
  type IndexMap,
  type ScanLine,
} from './indexMap';
import { resampleAligned, type RowSink } from './resampleAligned';
import { bsplineSampler, linearSampler, nearestSampler, type Sampler } from './samplers';
import type { Grid, Samples, Vec3 } from './volume';

export type Interpolator = 'bspline' | 'linear' | 'nearest';

export interface Resampling {
  readonly interpolator: Interpolator;
  /** Target LPS mm -> source LPS mm. Without it both grids are in the same space. */
  readonly transform?: Mat4;
  /** The value of voxels that lie outside the source. */
  readonly outside: number;
  /**
   * Integer images give integers of the same type, cut towards zero as ITK's cast does; without it
   * they give single precision numbers.
   */
  readonly keepIntegers?: boolean;
  /** What the file's integer type can hold, where that is less than the array's type can. */
  readonly integerRange?: readonly [number, number];
}

export interface Sampled {
  readonly grid: Grid;
  readonly data: Samples;
}

/** The values of `source` at the voxel centres of `target`. Floating-point types are kept. */
export function resample(source: Sampled, target: Grid, how: Resampling, run: Run): Sampled {
  const map = indexMap(target, source.grid, how.transform);
  const data = allocateOutput(source.data, target, how);
  const sink = how.keepIntegers ? integerSink(data, how.integerRange) : plainSink(data);
  // Axis by axis is faster, but rounds in another order than ITK, which integers would show.
  if (how.interpolator === 'bspline' && !how.keepIntegers && isAligned(map)) {
    const positions = alignedPositions(map, target.size);
    resampleAligned(source.data, source.grid.size, positions, how.outside, sink, run);
  } else {
    const sampler = createSampler(source, how.interpolator, neededBox(map, target, source.grid));
    sampleLines(sampler, source.grid.size, map, target.size, how.outside, sink, run);
  }
  return { grid: target, data };
}

function allocateOutput(source: Samples, target: Grid, how: Resampling): Samples {
  const count = target.size[0] * target.size[1] * target.size[2];
  if (source instanceof Float64Array) return new Float64Array(count);
  if (source instanceof Float32Array || !how.keepIntegers) return new Float32Array(count);
  if (source instanceof Uint8Array) return new Uint8Array(count);
  if (source instanceof Int16Array) return new Int16Array(count);
  return source instanceof Uint16Array ? new Uint16Array(count) : new Int32Array(count);
}

/** What the spline needs of the source: the target's box, and around it what changes the coefficients. */
function neededBox(map: IndexMap, target: Grid, { size }: Grid): Box {
  const corners = Array.from({ length: 8 }, (_, corner) => {
    const [x, y, z] = target.size.map((n, axis) => ((corner >> axis) & 1) * (n - 1));
    return mapIndex(map, x, y, z);
  });
  const limit = (axis: number, pick: (...values: number[]) => number, margin: number): number => {
    const edge = Math.floor(pick(...corners.map((corner) => corner[axis]))) + margin;
    return Math.max(0, Math.min(size[axis], edge));
  };
  const start = [0, 1, 2].map((axis) => limit(axis, Math.min, -2 - EXACT_MARGIN));
  const end = [0, 1, 2].map((axis) => limit(axis, Math.max, 4 + EXACT_MARGIN));
  return { start: [start[0], start[1], start[2]], end: [end[0], end[1], end[2]] };
}

function createSampler({ data, grid }: Sampled, interpolator: Interpolator, box: Box): Sampler {
  if (interpolator === 'bspline') return bsplineSampler(data, grid.size, box);
  return interpolator === 'linear'
    ? linearSampler(data, grid.size)
    : nearestSampler(data, grid.size);
}

function plainSink(data: Samples): RowSink {
  return (row, offset) => data.set(row, offset);
}

function integerSink(data: Samples, range?: readonly [number, number]): RowSink {
  const [low, high] = range ?? arrayRange(data);
  return (row, offset) => {
    for (let i = 0; i < row.length; i++) {
      data[offset + i] = row[i] <= low ? low : row[i] >= high ? high : Math.trunc(row[i]);
    }
  };
}

function arrayRange(data: Samples): readonly [number, number] {
  if (data instanceof Uint8Array) return [0, 255];
  if (data instanceof Int16Array) return [-(2 ** 15), 2 ** 15 - 1];
  if (data instanceof Uint16Array) return [0, 2 ** 16 - 1];
  if (data instanceof Int32Array) return [-(2 ** 31), 2 ** 31 - 1];
  throw new Error('keepIntegers is for integer images.');
}

function sampleLines(
  sample: Sampler,
  sourceSize: Vec3,
  map: IndexMap,
  size: Vec3,
  outside: number,
  sink: RowSink,
  run: Run,
): void {
  const [nx, ny, nz] = size;
  const row = new Float64Array(nx);
  for (let z = 0; z < nz; z++) {
    run.signal.throwIfAborted();
    for (let y = 0; y < ny; y++) {
      sampleLine(sample, sourceSize, scanLine(map, nx, y, z), outside, row);
      sink(row, nx * (y + ny * z));
    }
    run.report((z + 1) / nz);
  }
}

function sampleLine(
  sample: Sampler,
  sourceSize: Vec3,
  { start, step }: ScanLine,
  outside: number,
  row: Float64Array,
): void {
  const mx = sourceSize[0] - 0.5;
  const my = sourceSize[1] - 0.5;
  const mz = sourceSize[2] - 0.5;
  for (let x = 0; x < row.length; x++) {
    const t = x / row.length;
    const i = start[0] + t * step[0];
    const j = start[1] + t * step[1];
    const k = start[2] + t * step[2];
    const inside = i >= -0.5 && i < mx && j >= -0.5 && j < my && k >= -0.5 && k < mz;
    row[x] = inside ? sample(i, j, k) : outside;
  }
}

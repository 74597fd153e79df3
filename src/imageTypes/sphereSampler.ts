/**
 * Values of an image on a sphere around each voxel of a region, by the rules of
 * `scipy.ndimage.map_coordinates(order=3)`: cubic B-spline with mirrored coefficients, 0 for
 * positions outside the outer voxel centres, rounded to the type of the image.
 */
import { bsplineCoefficients, COEFFICIENT_MARGIN } from '../volume/bsplineCoefficients';
import type { Mask, Samples, Vec3 } from '../volume/volume';

/** The samples of one row of the region: of voxels `first` to `last`, vertices fastest. */
export interface SampledRow {
  readonly first: number;
  readonly last: number;
  /** Valid until the next row is taken. */
  readonly samples: Float64Array;
}

export interface SphereSampler {
  rows(): Generator<SampledRow>;
}

type Point = readonly [number, number, number];

/** One of the distinct offsets along an axis: its four voxels start at `start`, with weights. */
interface Offset {
  readonly value: number;
  readonly start: number;
  readonly weights: readonly [number, number, number, number];
}

interface Span {
  readonly first: Vec3;
  readonly last: Vec3;
}

/** A vertex's first coordinate belongs to the slowest axis (z), as in PyRadiomics. */
export function sphereSampler(
  data: Samples,
  size: Vec3,
  mask: Mask,
  vertices: readonly Point[],
): SphereSampler {
  const span = regionSpan(mask.data, size);
  const axes = ([2, 1, 0] as const).map((component) => distinctOffsets(vertices, component));
  const reach = 2 + Math.ceil(Math.max(...vertices.flatMap((v) => v.map(Math.abs))));
  const padded = paddedCoefficients(data, size, span, reach);
  return { rows: () => sampleRows(data, size, mask, span, vertices, axes, padded, reach) };
}

function regionSpan(mask: Uint8Array, [nx, ny, nz]: Vec3): Span {
  const first = [nx, ny, nz];
  const last = [-1, -1, -1];
  for (let z = 0, at = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, at++) {
        if (mask[at] === 0) continue;
        [x, y, z].forEach((v, axis) => {
          first[axis] = Math.min(first[axis], v);
          last[axis] = Math.max(last[axis], v);
        });
      }
    }
  }
  return { first: [first[0], first[1], first[2]], last: [last[0], last[1], last[2]] };
}

function distinctOffsets(vertices: readonly Point[], component: 0 | 1 | 2): Offset[] {
  const values = [...new Set(vertices.map((v) => v[component]))];
  return values.map((value) => {
    const start = Math.floor(value) - 1;
    const x = value - Math.floor(value);
    const z = 1 - x;
    const w1 = (x * x * (x - 2) * 3 + 4) / 6;
    const w2 = (z * z * (z - 2) * 3 + 4) / 6;
    const w0 = (z * z * z) / 6;
    return { value, start, weights: [w0, w1, w2, 1 - w0 - w1 - w2] };
  });
}

interface Padded {
  readonly size: Vec3;
  readonly values: Float64Array;
}

/** Coefficients of the region's box and `reach` voxels around it, mirrored at the image's ends. */
function paddedCoefficients(data: Samples, size: Vec3, span: Span, reach: number): Padded {
  const clip = (value: number, axis: number): number => Math.max(0, Math.min(size[axis], value));
  const start = span.first.map((v, axis) => clip(v - reach - COEFFICIENT_MARGIN, axis));
  const end = span.last.map((v, axis) => clip(v + 1 + reach + COEFFICIENT_MARGIN, axis));
  const box = {
    start: [start[0], start[1], start[2]] as const,
    end: [end[0], end[1], end[2]] as const,
  };
  const coefficients = bsplineCoefficients(data, size, box, Infinity);
  const sources = size.map((n, axis) =>
    Int32Array.from(
      { length: span.last[axis] - span.first[axis] + 1 + 2 * reach },
      (_, i) => reflect(span.first[axis] - reach + i, n) - start[axis],
    ),
  );
  const [xs, ys, zs] = sources;
  const [cx, cy] = coefficients.size;
  const values = new Float64Array(xs.length * ys.length * zs.length);
  let to = 0;
  for (const z of zs) {
    for (const y of ys) {
      for (const x of xs) values[to++] = coefficients.values[x + cx * (y + cy * z)];
    }
  }
  return { size: [xs.length, ys.length, zs.length], values };
}

/** Mirror at the outer voxel centres, any number of times. */
function reflect(index: number, n: number): number {
  if (n === 1) return 0;
  const period = 2 * (n - 1);
  const phase = ((index % period) + period) % period;
  return phase < n ? phase : period - phase;
}

function* sampleRows(
  data: Samples,
  size: Vec3,
  mask: Mask,
  span: Span,
  vertices: readonly Point[],
  [xOffsets, yOffsets, zOffsets]: readonly Offset[][],
  padded: Padded,
  reach: number,
): Generator<SampledRow> {
  const [px, py] = padded.size;
  const indexOf = (offsets: readonly Offset[], value: number): number =>
    offsets.findIndex((offset) => offset.value === value);
  // Rows shared by the vertices with the same y and z offset.
  const pairs = new Map<number, { z: number; y: number; vertices: number[] }>();
  vertices.forEach(([vz, vy], v) => {
    const [z, y] = [indexOf(zOffsets, vz), indexOf(yOffsets, vy)];
    const key = z * yOffsets.length + y;
    const pair = pairs.get(key) ?? { z, y, vertices: [] };
    pair.vertices.push(v);
    pairs.set(key, pair);
  });
  const xIndex = vertices.map((v) => indexOf(xOffsets, v[2]));
  const planes = zOffsets.map(() => new Float64Array(px * py));
  const line = new Float64Array(px);
  const samples = new Float64Array(vertices.length * size[0]);
  const round = rounding(data);
  const isInside = (position: number, n: number): boolean => position >= 0 && position <= n - 1;

  for (let z = span.first[2]; z <= span.last[2]; z++) {
    let planesReady = false;
    for (let y = span.first[1]; y <= span.last[1]; y++) {
      const row = size[0] * (y + size[1] * z);
      let left = span.first[0];
      let right = span.last[0];
      while (left <= right && mask.data[row + left] === 0) left++;
      while (right >= left && mask.data[row + right] === 0) right--;
      if (left > right) continue;
      if (!planesReady) {
        const slice = z - span.first[2] + reach;
        zOffsets.forEach((offset, k) =>
          sumFour(
            padded.values,
            (slice + offset.start) * px * py,
            px * py,
            px * py,
            offset,
            planes[k],
          ),
        );
        planesReady = true;
      }
      const shift = reach - span.first[0];
      for (const pair of pairs.values()) {
        const [oz, oy] = [zOffsets[pair.z], yOffsets[pair.y]];
        const isRowInside = isInside(z + oz.value, size[2]) && isInside(y + oy.value, size[1]);
        if (isRowInside) {
          const start = (y - span.first[1] + reach + oy.start) * px;
          sumFour(planes[pair.z], start, px, px, oy, line);
        }
        for (const v of pair.vertices) {
          const { value, start, weights } = xOffsets[xIndex[v]];
          const [w0, w1, w2, w3] = weights;
          let to = v;
          for (let x = left; x <= right; x++, to += vertices.length) {
            if (!isRowInside || !isInside(x + value, size[0])) {
              samples[to] = 0;
              continue;
            }
            const i = x + shift + start;
            samples[to] = w0 * line[i] + w1 * line[i + 1] + w2 * line[i + 2] + w3 * line[i + 3];
          }
        }
      }
      round(samples, (right - left + 1) * vertices.length);
      yield { first: row + left, last: row + right, samples };
    }
  }
}

function sumFour(
  values: Float64Array,
  start: number,
  stride: number,
  length: number,
  { weights }: Offset,
  out: Float64Array,
): void {
  const [w0, w1, w2, w3] = weights;
  const a = start;
  const b = start + stride;
  const c = b + stride;
  const d = c + stride;
  for (let i = 0; i < length; i++) {
    out[i] = w0 * values[a + i] + w1 * values[b + i] + w2 * values[c + i] + w3 * values[d + i];
  }
}

/** SciPy's cast of its doubles to the type of the image: integers away from zero at a half. */
function rounding(data: Samples): (values: Float64Array, count: number) => void {
  if (data instanceof Float64Array) return () => undefined;
  if (data instanceof Float32Array) {
    return (values, count) => {
      for (let i = 0; i < count; i++) values[i] = Math.fround(values[i]);
    };
  }
  const [low, high] = integerLimits(data);
  return (values, count) => {
    for (let i = 0; i < count; i++) {
      const value = values[i];
      const rounded = value > 0 ? Math.floor(value + 0.5) : Math.ceil(value - 0.5);
      values[i] = rounded < low ? low : rounded > high ? high : rounded + 0;
    }
  };
}

function integerLimits(data: Samples): [number, number] {
  const bits = 8 * data.BYTES_PER_ELEMENT;
  const signed = data instanceof Int16Array || data instanceof Int32Array;
  return signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
}

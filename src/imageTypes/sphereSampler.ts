/**
 * Values of an image on a sphere around each voxel of a region, by the rules of
 * `scipy.ndimage.map_coordinates(order=3)`: cubic B-spline with mirrored coefficients, 0 for
 * positions outside the outer voxel centres, rounded to the type of the image (which decides the
 * comparisons of lbp-3D: without it equal neighbours would be a matter of the last bit).
 *
 * The vertices of the sphere are at the same offsets from every voxel, so a row of voxels is
 * interpolated at once: planes for each z offset, rows for each pair of z and y offsets, and along
 * x for each vertex.
 */
import { findBoundingBox, type BoundingBox } from '../volume/boundingBox';
import type { Mask, Samples, Vec3 } from '../volume/volume';
import { distinctOffsets, paddedSpline, type Offset, type PaddedSpline } from './paddedSpline';
import type { Real } from './tapSums';

/** The samples around voxels `first` to `first + length` of the image, of one row of the region. */
export interface SampledRow {
  readonly first: number;
  readonly length: number;
  /** samples[v * nx + x]: vertex v, voxel first + x. Valid until the next row is taken. */
  readonly samples: Real;
}

type Point = readonly [number, number, number];

/** A vertex's first coordinate belongs to the slowest axis (z), as in PyRadiomics. */
export function* sampleSpheres(
  data: Samples,
  size: Vec3,
  mask: Mask,
  vertices: readonly Point[],
): Generator<SampledRow> {
  const box = findBoundingBox(mask);
  if (!box) return;
  const single = data instanceof Float32Array;
  const count = vertices.length * size[0];
  const samples = single ? new Float32Array(count) : new Float64Array(count);
  const round = integerRounding(data);
  const interpolate = rowInterpolator(data, size, box, vertices, samples);
  for (let z = box.first[2]; z <= box.last[2]; z++) {
    for (let y = box.first[1]; y <= box.last[1]; y++) {
      const row = size[0] * (y + size[1] * z);
      let left = box.first[0];
      let right = box.last[0];
      while (left <= right && mask.data[row + left] === 0) left++;
      while (right >= left && mask.data[row + right] === 0) right--;
      if (left > right) continue;
      interpolate(left, right, y, z);
      round?.(samples);
      yield { first: row + left, length: right - left + 1, samples };
    }
  }
}

type RowInterpolator = (left: number, right: number, y: number, z: number) => void;

function rowInterpolator(
  data: Samples,
  size: Vec3,
  box: BoundingBox,
  vertices: readonly Point[],
  samples: Real,
): RowInterpolator {
  const spline = paddedSpline(data, size, box, Math.max(...vertices.flat().map(Math.abs)));
  const [px, py] = spline.size;
  const groups = groupVertices(vertices);
  const planes = groups.map(() => new Float64Array(px * py));
  const line = new Float64Array(px);
  let slice = NaN;
  return (left, right, y, z) => {
    if (slice !== z) {
      groups.forEach(({ z: offset }, k) =>
        sumFour(
          spline.values,
          spline.start(2, z, offset) * px * py,
          px * py,
          px * py,
          offset,
          planes[k],
        ),
      );
      slice = z;
    }
    groups.forEach((group, k) => {
      for (const { y: offset, vertices: members } of group.rows) {
        const inside = isInside(z + group.z.value, size[2]) && isInside(y + offset.value, size[1]);
        if (inside) sumFour(planes[k], spline.start(1, y, offset) * px, px, px, offset, line);
        for (const { vertex, x } of members) {
          const out = vertex * size[0];
          if (inside) alongX(line, spline, left, right, size[0], x, samples, out);
          else samples.fill(0, out, out + right - left + 1);
        }
      }
    });
  };
}

interface Group {
  readonly z: Offset;
  readonly rows: { readonly y: Offset; readonly vertices: { vertex: number; x: Offset }[] }[];
}

/** Vertices with the same z offset, and in these with the same y offset. */
function groupVertices(vertices: readonly Point[]): Group[] {
  const [zs, ys, xs] = ([0, 1, 2] as const).map((c) => distinctOffsets(vertices.map((v) => v[c])));
  return zs.map((z) => ({
    z,
    rows: ys
      .map((y) => ({
        y,
        vertices: xs.flatMap((x) =>
          vertices.flatMap((v, vertex) =>
            v[0] === z.value && v[1] === y.value && v[2] === x.value ? [{ vertex, x }] : [],
          ),
        ),
      }))
      .filter((row) => row.vertices.length > 0),
  }));
}

function isInside(position: number, n: number): boolean {
  return position >= 0 && position <= n - 1;
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
  const b = start + stride;
  const c = b + stride;
  const d = c + stride;
  for (let i = 0; i < length; i++) {
    out[i] = w0 * values[start + i] + w1 * values[b + i] + w2 * values[c + i] + w3 * values[d + i];
  }
}

function alongX(
  line: Float64Array,
  spline: PaddedSpline,
  left: number,
  right: number,
  nx: number,
  offset: Offset,
  samples: Real,
  out: number,
): void {
  const [w0, w1, w2, w3] = offset.weights;
  let from = left;
  let to = right;
  while (from <= to && !isInside(from + offset.value, nx)) samples[out + from++ - left] = 0;
  while (to >= from && !isInside(to + offset.value, nx)) samples[out + to-- - left] = 0;
  let i = spline.start(0, from, offset);
  for (let at = out + from - left; at <= out + to - left; at++, i++) {
    samples[at] = w0 * line[i] + w1 * line[i + 1] + w2 * line[i + 2] + w3 * line[i + 3];
  }
}

/** SciPy's cast of its doubles to an integer type: away from zero at a half, within the type. */
function integerRounding(data: Samples): ((values: Real) => void) | undefined {
  if (data instanceof Float64Array || data instanceof Float32Array) return undefined;
  const bits = 8 * data.BYTES_PER_ELEMENT;
  const signed = data instanceof Int16Array || data instanceof Int32Array;
  const low = signed ? -(2 ** (bits - 1)) : 0;
  const high = 2 ** (signed ? bits - 1 : bits) - 1;
  return (values) => {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      const rounded = value > 0 ? Math.floor(value + 0.5) : Math.ceil(value - 0.5);
      values[i] = rounded < low ? low : rounded > high ? high : rounded;
    }
  };
}

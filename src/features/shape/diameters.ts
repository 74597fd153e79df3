/**
 * Largest distances between mesh vertices, equal to PyRadiomics 3.1 (`calculate_meshDiameter`): over
 * all vertices, and over vertices of the same slice, row or column of the array.
 *
 * PyRadiomics compares all pairs. A largest distance is always reached between vertices that are
 * outermost along each array axis (distance is convex along a line), which leaves few of them; and
 * when they are sorted by distance from a centre, pairs need no look once the two radii together
 * cannot exceed the best.
 */
import type { Vec3 } from '../../volume/volume';
import type { RegionVoxels } from '../regionImage';
import { bitGrid } from './occupancy';

export interface MeshDiameters {
  readonly maximum3D: number;
  /** Within a plane of constant z, y and x. */
  readonly slice: number;
  readonly column: number;
  readonly row: number;
}

/** Vertices by twice their array index (a vertex lies halfway between two voxels). */
interface Vertices {
  /** x, y, z of each vertex. */
  readonly at: readonly [Int32Array, Int32Array, Int32Array];
  readonly length: number;
}

export function meshDiameters(
  imageSize: Vec3,
  region: RegionVoxels,
  spacingMm: Vec3,
): MeshDiameters {
  const vertices = meshVertices(imageSize, region);
  const maximum3D = longestOf(outermost(vertices, [0, 1, 2]), spacingMm, 0);
  return {
    maximum3D,
    slice: longestInPlanes(vertices, 2, spacingMm),
    column: longestInPlanes(vertices, 1, spacingMm),
    row: longestInPlanes(vertices, 0, spacingMm),
  };
}

/** Halfway points of all grid edges with one end inside the region and one outside. */
function meshVertices(imageSize: Vec3, region: RegionVoxels): Vertices {
  const { cells, rowStride, sliceStride } = bitGrid(imageSize, region);
  const [ex, ey, ez] = region.extent;
  const found: [number[], number[], number[]] = [[], [], []];
  for (let z = 0; z <= ez + 1; z++) {
    for (let y = 0; y <= ey + 1; y++) {
      let cell = z * sliceStride + y * rowStride;
      for (let x = 0; x <= ex + 1; x++, cell++) {
        const here = cells[cell];
        if (x <= ex && cells[cell + 1] !== here) push(found, 2 * x + 1, 2 * y, 2 * z);
        if (y <= ey && cells[cell + rowStride] !== here) push(found, 2 * x, 2 * y + 1, 2 * z);
        if (z <= ez && cells[cell + sliceStride] !== here) push(found, 2 * x, 2 * y, 2 * z + 1);
      }
    }
  }
  const [xs, ys, zs] = found;
  return { at: [Int32Array.from(xs), Int32Array.from(ys), Int32Array.from(zs)], length: xs.length };
}

function push([xs, ys, zs]: [number[], number[], number[]], x: number, y: number, z: number) {
  xs.push(x);
  ys.push(y);
  zs.push(z);
}

/** The vertices that are first or last on their line along each of the given axes. */
function outermost(vertices: Vertices, axes: readonly number[]): Vertices {
  return axes.reduce(outermostAlong, vertices);
}

function outermostAlong(vertices: Vertices, axis: number): Vertices {
  const along = vertices.at[axis];
  const [a, b] = [0, 1, 2].filter((other) => other !== axis).map((other) => vertices.at[other]);
  const width = b.reduce((most, value) => Math.max(most, value), 0) + 1;
  const height = a.reduce((most, value) => Math.max(most, value), 0) + 1;
  const first = new Int32Array(width * height).fill(0x7fffffff);
  const last = new Int32Array(width * height).fill(-1);
  for (let v = 0; v < vertices.length; v++) {
    const line = a[v] * width + b[v];
    if (along[v] < first[line]) first[line] = along[v];
    if (along[v] > last[line]) last[line] = along[v];
  }
  return keep(vertices, (v) => {
    const line = a[v] * width + b[v];
    return along[v] === first[line] || along[v] === last[line];
  });
}

function keep(vertices: Vertices, wanted: (vertex: number) => boolean): Vertices {
  const kept: number[] = [];
  for (let v = 0; v < vertices.length; v++) if (wanted(v)) kept.push(v);
  const pick = (axis: number) => Int32Array.from(kept, (v) => vertices.at[axis][v]);
  return { at: [pick(0), pick(1), pick(2)], length: kept.length };
}

/** The largest distance within any plane of constant `axis`. */
function longestInPlanes(vertices: Vertices, axis: number, spacingMm: Vec3): number {
  const others = [0, 1, 2].filter((other) => other !== axis);
  const candidates = outermost(vertices, others);
  const planes = new Map<number, number[]>();
  for (let v = 0; v < candidates.length; v++) {
    const plane = candidates.at[axis][v];
    const members = planes.get(plane);
    if (members) members.push(v);
    else planes.set(plane, [v]);
  }
  let longest = 0;
  for (const members of planes.values()) {
    const pick = (of: number) => Int32Array.from(members, (v) => candidates.at[of][v]);
    const plane: Vertices = { at: [pick(0), pick(1), pick(2)], length: members.length };
    longest = longestOf(plane, spacingMm, longest);
  }
  return longest;
}

/** The largest distance between two vertices, or `atLeast` when that is larger. In mm. */
function longestOf(vertices: Vertices, spacingMm: Vec3, atLeast: number): number {
  const { length } = vertices;
  const at = [0, 1, 2].map((axis) =>
    Float64Array.from(vertices.at[axis], (twice) => (twice / 2) * spacingMm[axis]),
  );
  const centre = at.map((values) => middleOf(values));
  const radius = new Float64Array(length);
  for (let v = 0; v < length; v++) {
    radius[v] = Math.hypot(at[0][v] - centre[0], at[1][v] - centre[1], at[2][v] - centre[2]);
  }
  const order = Array.from(radius.keys()).sort((a, b) => radius[b] - radius[a]);
  const [xs, ys, zs] = at.map((values) => Float64Array.from(order, (v) => values[v]));
  const radii = Float64Array.from(order, (v) => radius[v]);

  // The radii are rounded; the margin keeps pairs that only rounding would exclude.
  const margin = 1 + 1e-12;
  let best = atLeast;
  let best2 = atLeast * atLeast;
  for (let a = 0; a < length && 2 * radii[a] * margin > best; a++) {
    for (let b = a + 1; b < length && (radii[a] + radii[b]) * margin > best; b++) {
      const [dx, dy, dz] = [xs[a] - xs[b], ys[a] - ys[b], zs[a] - zs[b]];
      const distance2 = dz * dz + dy * dy + dx * dx;
      if (distance2 > best2) {
        best2 = distance2;
        best = Math.sqrt(distance2);
      }
    }
  }
  return best;
}

function middleOf(values: Float64Array): number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return (low + high) / 2;
}

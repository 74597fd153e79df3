/**
 * Largest distances between mesh vertices, equal to PyRadiomics 3.1 (`calculate_meshDiameter`): over
 * all vertices, and over vertices of the same slice, column or row plane of the array.
 *
 * PyRadiomics compares all pairs. Distance is strictly convex, so within a plane the vertex that is
 * farthest from any point is a corner of the convex hull. The hull corners of each plane give the
 * diameters in planes, and only vertices that are corners in all three planes through them can end
 * the 3D diameter. Of these, pairs are compared from the outside in.
 */
import type { Vec3 } from '../../volume/volume';
import type { BitGrid } from './occupancy';
import { extendLine, hullCorners, lineEnds } from './planeHull';

export interface MeshDiameters {
  readonly maximum3D: number;
  /** Within a plane of constant z, y and x. */
  readonly slice: number;
  readonly column: number;
  readonly row: number;
}

/** Twice the array index along x, y, z: a vertex lies halfway between two voxels. */
type Vertex = Vec3;

export function meshDiameters(grid: BitGrid, extent: Vec3, spacingMm: Vec3): MeshDiameters {
  const [width, height, depth] = extent.map((voxels) => 2 * voxels + 3);
  const alongX = lineEnds(height * depth);
  const alongY = lineEnds(width * depth);
  scanVertices(grid, extent, (x, y, z) => {
    extendLine(alongX, z * height + y, x);
    extendLine(alongY, z * width + x, y);
  });

  const slices = cornersOfPlanes(depth, (z) =>
    hullCorners(alongX, z * height, 1, height).map(([x, y]) => [x, y, z]),
  );
  const columns = cornersOfPlanes(height, (y) =>
    hullCorners(alongX, y, height, depth).map(([x, z]) => [x, y, z]),
  );
  const rows = cornersOfPlanes(width, (x) =>
    hullCorners(alongY, x, width, depth).map(([y, z]) => [x, y, z]),
  );

  const keyOf = ([x, y, z]: Vertex) => (z * height + y) * width + x;
  const columnKeys = new Set(columns.flat().map(keyOf));
  const rowKeys = new Set(rows.flat().map(keyOf));
  const outermost = slices.flat().filter((v) => columnKeys.has(keyOf(v)) && rowKeys.has(keyOf(v)));
  const inPlanes = (planes: readonly Vertex[][]) =>
    planes.reduce((best, corners) => longest(corners, spacingMm, best), 0);
  return {
    maximum3D: longest(outermost, spacingMm, 0),
    slice: inPlanes(slices),
    column: inPlanes(columns),
    row: inPlanes(rows),
  };
}

function cornersOfPlanes(count: number, cornersOf: (plane: number) => Vertex[]): Vertex[][] {
  return Array.from({ length: count }, (_, plane) => cornersOf(plane));
}

/** Halfway points of all grid edges with one end inside the region and one outside. */
function scanVertices(
  grid: BitGrid,
  [ex, ey, ez]: Vec3,
  visit: (x: number, y: number, z: number) => void,
): void {
  for (let z = 0; z <= ez; z++) {
    for (let y = 0; y <= ey; y++) scanRow(grid, ex, y, z, visit);
  }
}

function scanRow(
  { cells, rowStride, sliceStride }: BitGrid,
  last: number,
  y: number,
  z: number,
  visit: (x: number, y: number, z: number) => void,
): void {
  let cell = z * sliceStride + y * rowStride;
  for (let x = 0; x <= last; x++, cell++) {
    const here = cells[cell];
    if (cells[cell + 1] !== here) visit(2 * x + 1, 2 * y, 2 * z);
    if (cells[cell + rowStride] !== here) visit(2 * x, 2 * y + 1, 2 * z);
    if (cells[cell + sliceStride] !== here) visit(2 * x, 2 * y, 2 * z + 1);
  }
}

/** The largest distance in mm between two vertices, or `atLeast` when that is larger. */
function longest(vertices: readonly Vertex[], [sx, sy, sz]: Vec3, atLeast: number): number {
  const points = vertices.map(([x, y, z]): Vec3 => [(x / 2) * sx, (y / 2) * sy, (z / 2) * sz]);
  const [cx, cy, cz] = [0, 1, 2].map((axis) => middleOf(points, axis));
  const ordered = points
    .map((at) => ({ at, radius: Math.hypot(at[0] - cx, at[1] - cy, at[2] - cz) }))
    .sort((a, b) => b.radius - a.radius);
  const radii = Float64Array.from(ordered, ({ radius }) => radius);
  const [xs, ys, zs] = [0, 1, 2].map((axis) => Float64Array.from(ordered, ({ at }) => at[axis]));

  // Two points are no farther apart than their radii together; radii are rounded, hence the margin.
  const margin = 1 + 1e-12;
  let best = atLeast;
  let best2 = atLeast * atLeast;
  for (let a = 0; a < radii.length && 2 * radii[a] * margin > best; a++) {
    for (let b = a + 1; b < radii.length && (radii[a] + radii[b]) * margin > best; b++) {
      const dx = xs[a] - xs[b];
      const dy = ys[a] - ys[b];
      const dz = zs[a] - zs[b];
      const distance2 = dz * dz + dy * dy + dx * dx;
      if (distance2 <= best2) continue;
      best2 = distance2;
      best = Math.sqrt(distance2);
    }
  }
  return best;
}

function middleOf(points: readonly Vec3[], axis: number): number {
  let [low, high] = [Infinity, -Infinity];
  for (const point of points) {
    low = Math.min(low, point[axis]);
    high = Math.max(high, point[axis]);
  }
  return (low + high) / 2;
}

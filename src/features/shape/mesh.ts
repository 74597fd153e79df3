/**
 * Surface area and volume of the marching cubes mesh of PyRadiomics 3.1 (`cshape.c`): Lorensen and
 * Cline's cases with vertices halfway along the edges, cube corners numbered from (0, 0, 0) with the
 * slowest array axis (z) first, and complementary cases sharing triangles with reversed sign.
 *
 * A case's triangles have the same area wherever the cube is, and their signed volume with the
 * origin is linear in the position of the cube. So it is enough to count the cubes of each case and
 * to add up their positions, both of which are whole numbers.
 */
import type { Vec3 } from '../../volume/volume';
import type { Point } from './cubeCases';
import { CASE_TRIANGLES } from './cubeCases';
import type { BitGrid } from './occupancy';

export interface MeshMeasures {
  readonly areaMm2: number;
  readonly volumeMm3: number;
}

/** @param extent of the region's box, without the border that the grid has */
export function measureMesh(grid: BitGrid, extent: Vec3, spacingMm: Vec3): MeshMeasures {
  const cases = countCases(grid, extent);
  let [area, volume] = [0, 0];
  for (let index = 1; index < CASE_TRIANGLES.length; index++) {
    const { count, position } = cases[index];
    if (count + cases[255 - index].count === 0) continue;
    const measures = caseMeasures(index, spacingMm);
    const mirrored = cases[255 - index];
    area += (count + mirrored.count) * measures.area;
    volume += (count - mirrored.count) * measures.volume;
    for (let axis = 0; axis < 3; axis++) {
      const shift = (position[axis] - mirrored.position[axis]) * spacingMm[2 - axis];
      volume += shift * measures.flux[axis];
    }
  }
  return { areaMm2: area, volumeMm3: volume / 6 };
}

interface CubeCase {
  count: number;
  /** Sum of the positions of the cubes of this case: z, y, x. */
  readonly position: [number, number, number];
}

/** The bounding box with a border of one voxel outside, as PyRadiomics pads the cropped mask. */
function countCases({ cells, rowStride, sliceStride }: BitGrid, [ex, ey, ez]: Vec3): CubeCase[] {
  const found: CaseCounts = {
    counts: new Float64Array(256),
    xs: new Float64Array(256),
    ys: new Float64Array(256),
    zs: new Float64Array(256),
  };
  for (let z = 0; z <= ez; z++) {
    for (let y = 0; y <= ey; y++) countRow(cells, rowStride, sliceStride, ex, y, z, found);
  }
  const { counts, xs, ys, zs } = found;
  return Array.from({ length: 256 }, (_, index) => ({
    count: counts[index],
    position: [zs[index], ys[index], xs[index]],
  }));
}

/** By case: how many cubes, and the sums of their positions. */
interface CaseCounts {
  readonly counts: Float64Array;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly zs: Float64Array;
}

function countRow(
  cells: Uint8Array,
  w: number,
  s: number,
  last: number,
  y: number,
  z: number,
  { counts, xs, ys, zs }: CaseCounts,
): void {
  let c = z * s + y * w;
  // Corners 0, 3, 4, 7 share x; corners 1, 2, 5, 6 are theirs at x + 1.
  let here = cells[c] | (cells[c + w] << 3) | (cells[c + s] << 4) | (cells[c + s + w] << 7);
  for (let x = 0; x <= last; x++, c++) {
    const a = cells[c + 1];
    const b = cells[c + w + 1];
    const d = cells[c + s + 1];
    const e = cells[c + s + w + 1];
    const index = here | (a << 1) | (b << 2) | (d << 5) | (e << 6);
    here = a | (b << 3) | (d << 4) | (e << 7);
    if (index === 0 || index === 255) continue;
    counts[index]++;
    xs[index] += x;
    ys[index] += y;
    zs[index] += z;
  }
}

/**
 * Of the triangles (a, b, c) of one case with the cube at the origin: their area; the sum of the
 * determinants det(a, b, c), which is 6 times the volume with the origin; and the vector by which
 * that sum changes when the cube moves.
 */
function caseMeasures(index: number, spacingMm: Vec3) {
  let [area, volume] = [0, 0];
  const flux: [number, number, number] = [0, 0, 0];
  for (const triangle of CASE_TRIANGLES[index]) {
    const [a, b, c] = triangle.map((vertex) => scale(vertex, spacingMm));
    const normal = cross(subtract(a, c), subtract(b, c));
    area += 0.5 * Math.hypot(...normal);
    volume += dot(cross(a, b), c);
    const sum = [cross(a, b), cross(b, c), cross(c, a)];
    for (let axis = 0; axis < 3; axis++) {
      flux[axis] += sum[0][axis] + sum[1][axis] + sum[2][axis];
    }
  }
  return { area, volume, flux };
}

function scale([z, y, x]: Point, [sx, sy, sz]: Vec3): Point {
  return [z * sz, y * sy, x * sx];
}

function subtract(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function cross(a: Point, b: Point): Point {
  return [a[1] * b[2] - b[1] * a[2], a[2] * b[0] - b[2] * a[0], a[0] * b[1] - b[0] * a[1]];
}

function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

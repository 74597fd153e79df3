import fc from 'fast-check';
import type { RegionImage } from '../../../src/features/regionImage';
import { findRegion } from '../../../src/features/regionImage';
import { CASE_TRIANGLES } from '../../../src/features/shape/cubeCases';
import { meshDiameters } from '../../../src/features/shape/diameters';
import { bitGrid } from '../../../src/features/shape/occupancy';
import { shapeFeatures } from '../../../src/features/shape/features';
import type { Vec3 } from '../../../src/volume/volume';
import { levelAt, positions, regions } from './regions';

function vertices(region: RegionImage): Vec3[] {
  const inside = (x: number, y: number, z: number) => levelAt(region, x, y, z) > 0;
  const found: Vec3[] = [];
  for (const [x, y, z] of positions(region)) {
    for (const step of [-1, 1]) {
      if (!inside(x + step, y, z)) found.push([x + step / 2, y, z]);
      if (!inside(x, y + step, z)) found.push([x, y + step / 2, z]);
      if (!inside(x, y, z + step)) found.push([x, y, z + step / 2]);
    }
  }
  return found;
}

function longest(points: readonly Vec3[], spacing: Vec3, constant: number | null): number {
  let best = 0;
  for (const a of points) {
    for (const b of points) {
      if (constant !== null && a[constant] !== b[constant]) continue;
      best = Math.max(best, Math.hypot(...a.map((at, axis) => (at - b[axis]) * spacing[axis])));
    }
  }
  return best;
}

test('diameters are the largest of all pairs of vertices', () => {
  fc.assert(
    fc.property(regions, (region) => {
      const voxels = findRegion(region.size, region.mask);
      const grid = bitGrid(region.size, voxels);
      const found = meshDiameters(grid, voxels.extent, region.spacingMm);
      const points = vertices(region);
      expect(found.maximum3D).toBeCloseTo(longest(points, region.spacingMm, null), 10);
      expect(found.slice).toBeCloseTo(longest(points, region.spacingMm, 2), 10);
      expect(found.column).toBeCloseTo(longest(points, region.spacingMm, 1), 10);
      expect(found.row).toBeCloseTo(longest(points, region.spacingMm, 0), 10);
    }),
    { numRuns: 200 },
  );
});

test('a box has the volume and area of its clipped corners and edges', () => {
  const size: Vec3 = [6, 7, 8];
  const mask = new Uint8Array(6 * 7 * 8).fill(1);
  const values = shapeFeatures(size, findRegion(size, mask), [1, 1, 1]);
  // Marching cubes cuts each edge of the box at 45 degrees: a prism of base 1/8 along each edge,
  // and at each corner all but the tetrahedron of volume 1/48 of the eighth of a voxel.
  const edges = 4 * (5 + 6 + 7);
  expect(values.MeshVolume).toBeCloseTo(6 * 7 * 8 - edges / 8 - 8 * (1 / 8 - 1 / 48), 12);
  const faces = 2 * (5 * 6 + 5 * 7 + 6 * 7);
  const corners = 8 * (Math.sqrt(3) / 8);
  expect(values.SurfaceArea).toBeCloseTo(faces + edges * Math.SQRT1_2 + corners, 12);
  expect(values.VoxelVolume).toBe(336);
});

test('every case has at most five triangles, and only the empty one has none', () => {
  expect(CASE_TRIANGLES).toHaveLength(128);
  CASE_TRIANGLES.forEach((triangles, index) => {
    expect(triangles.length).toBeLessThanOrEqual(5);
    expect(triangles.length > 0).toBe(index > 0);
  });
});

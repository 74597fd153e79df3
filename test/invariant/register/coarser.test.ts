import { coarser } from '../../../src/register/coarser';
import { applyToPoint, IDENTITY_DIRECTION, indexToWorld } from '../../../src/volume/geometry';
import type { Mat3, Vec3, Volume } from '../../../src/volume/volume';

const OBLIQUE: Mat3 = [0.8, -0.6, 0, 0.6, 0.8, 0, 0, 0, 1];

/** Linear in the world, so that the mean of a block is the value in its middle. */
const ramp = ([x, y, z]: Vec3): number => 100 + 3 * x - 2 * y + z;

function rampVolume(size: Vec3, spacingMm: Vec3, direction: Mat3): Volume<'native', Float32Array> {
  const grid = { size, spacingMm, originMm: [-20, 5, 30] as const, direction };
  return { stage: 'native', grid, data: valuesOn(grid) };
}

function valuesOn(grid: Volume['grid']): Float32Array {
  const toWorld = indexToWorld(grid);
  const [nx, ny, nz] = grid.size;
  return Float32Array.from({ length: nx * ny * nz }, (_, i) =>
    ramp(applyToPoint(toWorld, [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))])),
  );
}

test('fine voxels become blocks of at most a millimetre, in the same place of the world', () => {
  const { grid, data } = coarser(rampVolume([101, 96, 40], [0.3, 0.42, 3], OBLIQUE));
  expect(grid.size).toEqual([33, 48, 40]);
  expect(grid.spacingMm[0]).toBeCloseTo(0.9, 12);
  expect(grid.spacingMm[1]).toBeCloseTo(0.84, 12);
  expect(grid.spacingMm[2]).toBe(3);
  const expected = valuesOn(grid);
  // Single precision of values up to 300.
  const worst = expected.reduce((most, v, i) => Math.max(most, Math.abs(v - data[i])), 0);
  expect(worst).toBeLessThan(300 * 8 * 2 ** -23);
});

test('what is not finer than half a millimetre, or small, stays as it is', () => {
  const usual = rampVolume([40, 40, 20], [0.66, 0.51, 4], IDENTITY_DIRECTION);
  const small = rampVolume([40, 40, 20], [0.2, 0.2, 0.2], IDENTITY_DIRECTION);
  expect(coarser(usual)).toBe(usual);
  expect(coarser(small)).toBe(small);
});

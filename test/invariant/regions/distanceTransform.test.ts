import fc from 'fast-check';
import { distanceTo } from '../../../src/regions/distanceTransform';
import type { Vec3 } from '../../../src/volume/volume';

const size: Vec3 = [7, 6, 5];
const count = size[0] * size[1] * size[2];

function position(i: number, spacing: Vec3): Vec3 {
  return [
    (i % size[0]) * spacing[0],
    (Math.floor(i / size[0]) % size[1]) * spacing[1],
    Math.floor(i / (size[0] * size[1])) * spacing[2],
  ];
}

function squared(i: number, j: number, spacing: Vec3): number {
  const [a, b] = [position(i, spacing), position(j, spacing)];
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

const spacings = fc.tuple(
  fc.double({ min: 0.3, max: 6, noNaN: true }),
  fc.double({ min: 0.3, max: 6, noNaN: true }),
  fc.double({ min: 0.3, max: 6, noNaN: true }),
);

describe('the distance transform', () => {
  it('equals the search through all voxels, on any grid', () => {
    const masks = fc.array(fc.nat(count - 1), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(masks, spacings, (seeds, spacing) => {
        const inside = new Uint8Array(count);
        for (const seed of seeds) inside[seed] = 1;
        const { squaredMm2, nearest } = distanceTo(inside, size, spacing);
        for (let i = 0; i < count; i++) {
          const best = Math.min(...seeds.map((seed) => squared(i, seed, spacing)));
          expect(squaredMm2[i]).toBeCloseTo(best, 9);
          expect(squared(i, nearest[i], spacing)).toBeCloseTo(best, 9);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is infinite without a voxel inside', () => {
    const { squaredMm2, nearest } = distanceTo(new Uint8Array(count), size, [1, 1, 1]);
    expect(squaredMm2.every((value) => value === Infinity)).toBe(true);
    expect(nearest.every((index) => index === -1)).toBe(true);
  });
});

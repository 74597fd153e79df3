import fc from 'fast-check';
import type { RegionImage } from '../../../src/features/regionImage';
import type { Vec3 } from '../../../src/volume/volume';

/** Small random regions: any size up to 6 voxels along an axis, few grey levels, any mask. */
export const regions: fc.Arbitrary<RegionImage> = fc
  .tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 6 }),
  )
  .filter(([nx, ny, nz]) => nx * ny * nz > 1)
  .chain(([nx, ny, nz]) => {
    const voxels = nx * ny * nz;
    return fc.record({
      size: fc.constant<Vec3>([nx, ny, nz]),
      spacingMm: fc.constant<Vec3>([0.8, 1.25, 3]),
      image: fc
        .array(fc.integer({ min: 0, max: 5 }), { minLength: voxels, maxLength: voxels })
        .map((values) => Int16Array.from(values)),
      mask: fc
        .array(fc.boolean(), { minLength: voxels, maxLength: voxels })
        .map((inside) => Uint8Array.from(inside, Number)),
    });
  })
  .filter(({ mask }) => mask.reduce((count, inside) => count + inside, 0) > 1);

/** The grey level at a position with bin width 1; 0 outside the region or the image. */
export function levelAt(region: RegionImage, x: number, y: number, z: number): number {
  const [nx, ny, nz] = region.size;
  if (x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz) return 0;
  const at = x + nx * (y + ny * z);
  return region.mask[at] === 0 ? 0 : region.image[at] - lowest(region) + 1;
}

function lowest({ image, mask }: RegionImage): number {
  let low = Infinity;
  mask.forEach((inside, at) => (low = inside ? Math.min(low, image[at]) : low));
  return low;
}

/** Positions inside the region. */
export function positions(region: RegionImage): Vec3[] {
  const [nx, ny] = region.size;
  return [...region.mask.keys()]
    .filter((at) => region.mask[at] !== 0)
    .map((at) => [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]);
}

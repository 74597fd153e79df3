import { deriveRegions } from '../../../src/regions/deriveRegions';
import { IDENTITY_DIRECTION } from '../../../src/volume/geometry';
import type { Grid, Mask, Vec3 } from '../../../src/volume/volume';

/** A ball of `radiusMm`, its centre `offset` voxels from a voxel's centre. */
function ball(radiusMm: number, spacing: number, offset: Vec3): Mask {
  const n = Math.ceil((2 * radiusMm + 30) / spacing);
  const grid: Grid = {
    size: [n, n, n],
    spacingMm: [spacing, spacing, spacing],
    originMm: [0, 0, 0],
    direction: IDENTITY_DIRECTION,
  };
  const centre = offset.map((part) => Math.floor(n / 2) + part);
  const data = new Uint8Array(n * n * n);
  for (let i = 0; i < data.length; i++) {
    const x = (i % n) - centre[0];
    const y = (Math.floor(i / n) % n) - centre[1];
    const z = Math.floor(i / (n * n)) - centre[2];
    if (Math.hypot(x, y, z) * spacing <= radiusMm) data[i] = 1;
  }
  return { grid, data };
}

function everywhere({ grid }: Mask): Mask {
  return { grid, data: new Uint8Array(grid.size[0] * grid.size[1] * grid.size[2]).fill(1) };
}

const offsets: Vec3[] = [
  [0, 0, 0],
  [0.5, 0.5, 0.5],
  [0.25, 0.1, 0.4],
  [0.3, 0.45, 0.05],
];

describe('the 10 mm ring of a ball', () => {
  it.each(offsets)(
    'of 20 mm at 1 mm has 79 587 mm3 within 1 %% (centre at %s, %s, %s)',
    (...offset) => {
      const tumour = ball(20, 1, offset);
      const { ringVolumeMm3, clippedFraction } = deriveRegions(tumour, everywhere(tumour), {
        ringWidthMm: 10,
      });
      expect(Math.abs(ringVolumeMm3 / 79_587 - 1)).toBeLessThan(0.01);
      expect(clippedFraction).toBe(0);
    },
  );

  it.each([
    [12, 1],
    [20, 0.5],
    [35, 1],
  ])('of %s mm at %s mm is within 2 %% of the formula', (radius, spacing) => {
    const tumour = ball(radius, spacing, [0.3, 0.45, 0.05]);
    const { ringVolumeMm3 } = deriveRegions(tumour, everywhere(tumour), { ringWidthMm: 10 });
    const truth = (4 / 3) * Math.PI * ((radius + 10) ** 3 - radius ** 3);
    expect(Math.abs(ringVolumeMm3 / truth - 1)).toBeLessThan(0.02);
  });
});

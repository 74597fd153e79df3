import { noiseSd, withNoise } from '../../../src/habitats/noise';
import { contourVariants, habitatDice } from '../../../src/habitats/stability';
import { IDENTITY_DIRECTION } from '../../../src/volume/geometry';
import type { Grid, Mask, Volume } from '../../../src/volume/volume';

const grid: Grid = {
  size: [40, 40, 12],
  spacingMm: [1, 1, 1],
  originMm: [0, 0, 0],
  direction: IDENTITY_DIRECTION,
};
const voxels = 40 * 40 * 12;
const everywhere: Mask = { grid, data: new Uint8Array(voxels).fill(1) };
const at = (i: number): [number, number, number] => [i % 40, Math.floor(i / 40) % 40, i / 1600];

function count({ data }: Mask): number {
  return data.reduce((sum, value) => sum + value, 0);
}

describe('the noise of an image', () => {
  const smooth: Volume = {
    stage: 'native',
    grid,
    data: Float32Array.from({ length: voxels }, (_, i) => {
      const [x, y, z] = at(i);
      return 300 + 5 * x - 3 * y + 2 * Math.floor(z) + (x > 20 ? 250 : 0);
    }),
  };

  it('is none in an image of flat pieces and ramps', () => {
    expect(noiseSd(smooth, everywhere)).toBeLessThan(1e-3);
  });

  it.each([1, 12, 60])('is found again when SD %d was added', (sd) => {
    const found = noiseSd(withNoise(smooth, sd, 7), everywhere);
    // Standard error of a median of 17 000 correlated values, and the edge.
    expect(Math.abs(found / sd - 1)).toBeLessThan(0.05);
  });

  it('is the same for the same seed', () => {
    expect(withNoise(smooth, 5, 3)).toEqual(withNoise(smooth, 5, 3));
    expect(withNoise(smooth, 5, 3).data).not.toEqual(withNoise(smooth, 5, 4).data);
  });
});

describe('contours that are a little different', () => {
  const ball: Mask = {
    grid,
    data: Uint8Array.from({ length: voxels }, (_, i) => {
      const [x, y, z] = at(i);
      return Math.hypot(x - 20, y - 20, 2 * (Math.floor(z) - 6)) < 9 ? 1 : 0;
    }),
  };
  const variants = new Map(
    contourVariants(ball, everywhere).map(({ name, tumour }) => [name, tumour]),
  );

  it('are smaller, larger and aside by a millimetre', () => {
    const size = (name: string): number => count(variants.get(name) ?? ball);
    expect(variants.size).toBe(6);
    expect(size('contour 1 mm smaller')).toBeLessThan(count(ball));
    expect(size('contour 1 mm larger')).toBeGreaterThan(count(ball));
    for (const side of ['+x', '-x', '+y', '-y'])
      expect(size(`contour 1 mm to ${side}`)).toBe(count(ball));
  });

  it('stay where tumour may be', () => {
    const half = { grid, data: everywhere.data.map((_, i) => (i % 40 < 20 ? 1 : 0)) };
    for (const { tumour } of contourVariants(ball, half)) {
      expect(tumour.data.some((inside, i) => inside === 1 && i % 40 >= 20)).toBe(false);
    }
  });
});

describe('Dice of habitats', () => {
  const map = (labels: number[]) => ({
    grid: { ...grid, size: [labels.length, 1, 1] as const },
    data: Uint8Array.from(labels),
  });

  it('is 1 for the same, and counts both maps otherwise', () => {
    expect(habitatDice(map([1, 2, 3, 0]), map([1, 2, 3, 0]))).toEqual([1, 1, 1]);
    expect(habitatDice(map([1, 1, 2, 0]), map([1, 2, 2, 2]))).toEqual([2 / 3, 2 / 4, null]);
  });
});

import { assessBiasField, isImplausible } from '../../../src/biasField/plausibility';
import { otsuMask, otsuThreshold } from '../../../src/biasField/otsuMask';
import { shrink } from '../../../src/biasField/shrink';
import type { Vec3 } from '../../../src/volume/volume';
import { gridOf, paint } from '../../fixtures/biasField';

describe('shrinking', () => {
  test.each<[Vec3, Vec3, Vec3, number]>([
    // Odd: the middle sample is the middle voxel.
    [[9, 1, 1], [4, 1, 1], [2, 1, 1], 2],
    // Two voxels are equally near: the upper one.
    [[8, 1, 1], [4, 1, 1], [2, 1, 1], 2],
    // Fewer voxels than the factor: the middle one.
    [[1, 3, 1], [1, 4, 1], [1, 1, 1], 1],
  ])('%o by %o', (size, factors, expected, first) => {
    const { grid, source } = shrink(gridOf(size), factors);
    expect(grid.size).toEqual(expected);
    expect(source[0]).toBe(first);
    expect(source).toHaveLength(expected[0] * expected[1] * expected[2]);
  });

  test('keeps the centre of the image', () => {
    const { grid } = shrink(gridOf([10, 9, 4], [0.5, 1, 4]), [4, 2, 1]);
    expect(grid.spacingMm).toEqual([2, 2, 4]);
    expect(grid.originMm).toEqual([1.25, 1, 0]);
  });
});

describe("Otsu's threshold", () => {
  test('lies between two classes', () => {
    const data = Float32Array.from({ length: 1000 }, (_, i) => (i % 3 === 0 ? 100 : 10) + (i % 7));
    const threshold = otsuThreshold(data);
    expect(threshold).toBeGreaterThan(16);
    expect(threshold).toBeLessThan(100);
  });

  test('an image of one value has no body', () => {
    const volume = { stage: 'native', grid: gridOf([4, 4, 1]), data: new Int16Array(16).fill(3) };
    expect(otsuMask({ ...volume, stage: 'native' }).data.some((value) => value !== 0)).toBe(false);
  });
});

describe('plausibility', () => {
  const grid = gridOf([40, 40, 5], [1, 1, 2]);
  const body = { grid, data: new Uint8Array(8000).fill(1) };
  const blob = paint(grid, (x, y) => (Math.hypot(x, y) < 0.4 ? 1 : 0));
  const tumour = { grid, data: Uint8Array.from(blob) };

  test('a slope passes', () => {
    const field = paint(grid, (x, y) => 0.3 * x - 0.1 * y);
    const assessment = assessBiasField(field, body, tumour);
    expect(assessment.tumourStepLog).toBeCloseTo(0, 3);
    expect(isImplausible(assessment)).toBe(false);
  });

  test('a field with the shape of the tumour is flagged', () => {
    const assessment = assessBiasField(
      blob.map((value) => 0.2 * value),
      body,
      tumour,
    );
    expect(assessment.flags).toEqual(['FIELD_FOLLOWS_TUMOUR']);
    expect(assessment.warnings[0]).toContain('22 % brighter');
  });

  test('a field with too large a range is flagged', () => {
    const assessment = assessBiasField(
      paint(grid, (x) => x),
      body,
    );
    expect(assessment.tumourStepLog).toBeNull();
    expect(assessment.flags).toEqual(['FIELD_RANGE']);
  });
});

import fc from 'fast-check';
import { readImage } from '../../../src/io/readImage';
import { writeNifti } from '../../../src/io/writeNifti';
import type { Grid, Mat3, Samples } from '../../../src/volume/volume';

/** Rotation of a unit quaternion, optionally left-handed. */
function rotation(q: readonly number[], mirrored: boolean): Mat3 {
  const length = Math.hypot(...q);
  const [a, b, c, d] = q.map((v) => v / length);
  const s = mirrored ? -1 : 1;
  return [
    a * a + b * b - c * c - d * d,
    2 * (b * c - a * d),
    s * 2 * (b * d + a * c),
    2 * (b * c + a * d),
    a * a + c * c - b * b - d * d,
    s * 2 * (c * d - a * b),
    2 * (b * d - a * c),
    2 * (c * d + a * b),
    s * (a * a + d * d - b * b - c * c),
  ];
}

const part = fc.double({ min: -1, max: 1, noNaN: true });
const directions = fc
  .tuple(part, part, part, part, fc.boolean())
  .filter(([a, b, c, d]) => Math.hypot(a, b, c, d) > 0.1)
  .map(([a, b, c, d, mirrored]) => rotation([a, b, c, d], mirrored));

test('an oblique grid survives NIfTI to single precision', () => {
  fc.assert(
    fc.property(directions, fc.array(part, { minLength: 6, maxLength: 6 }), (direction, v) => {
      const grid: Grid = {
        size: [2, 3, 4],
        spacingMm: [1.5 + v[0], 1.5 + v[1], 2.5 + v[2]],
        originMm: [300 * v[3], 300 * v[4], 900 * v[5]],
        direction,
      };
      const data = Int16Array.from({ length: 24 }, (_, i) => 100 * i - 1200);
      const back = readImage(writeNifti({ grid, data }), 'round.nii.gz');
      expect(back.data).toEqual(data);
      expect(back.grid.size).toEqual(grid.size);
      grid.direction.forEach((value, i) => expect(back.grid.direction[i]).toBeCloseTo(value, 5));
      grid.spacingMm.forEach((value, i) => expect(back.grid.spacingMm[i]).toBeCloseTo(value, 5));
      grid.originMm.forEach((value, i) => expect(back.grid.originMm[i]).toBeCloseTo(value, 3));
    }),
    { numRuns: 50 },
  );
});

test.each<[string, Samples]>([
  ['uint8', Uint8Array.of(0, 255)],
  ['int16', Int16Array.of(-32768, 32767)],
  ['uint16', Uint16Array.of(0, 65535)],
  ['int32', Int32Array.of(-(2 ** 31), 2 ** 31 - 1)],
  ['float32', Float32Array.of(-0.1, 3e38)],
  ['float64', Float64Array.of(-0.1, 1e300)],
])('voxels of type %s survive NIfTI', (pixelType, data) => {
  const grid: Grid = {
    size: [2, 1, 1],
    spacingMm: [1, 1, 1],
    originMm: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  };
  expect(readImage(writeNifti({ grid, data }), 'a.nii.gz')).toEqual({ grid, data, pixelType });
});

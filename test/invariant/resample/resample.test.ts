import { SILENT_RUN } from '../../../src/chain/stage';
import { applyToPoint, IDENTITY_DIRECTION, type Mat4 } from '../../../src/volume/geometry';
import { resample, type Interpolator } from '../../../src/volume/resample';
import { resampleLabels } from '../../../src/volume/resampleLabels';
import type { Grid, Vec3 } from '../../../src/volume/volume';

const grid = (size: Vec3, spacingMm: Vec3, originMm: Vec3 = [0, 0, 0]): Grid => ({
  size,
  spacingMm,
  originMm,
  direction: IDENTITY_DIRECTION,
});

const image = (g: Grid, f: (x: number, y: number, z: number) => number) => ({
  grid: g,
  data: Float64Array.from({ length: g.size[0] * g.size[1] * g.size[2] }, (_, i) => {
    const x = i % g.size[0];
    const y = Math.floor(i / g.size[0]) % g.size[1];
    const z = Math.floor(i / (g.size[0] * g.size[1]));
    return f(
      g.originMm[0] + x * g.spacingMm[0],
      g.originMm[1] + y * g.spacingMm[1],
      g.originMm[2] + z * g.spacingMm[2],
    );
  }),
});

const wave = (x: number, y: number, z: number): number =>
  100 * Math.sin(x / 5) * Math.cos(y / 7) + z;
const source = image(grid([30, 28, 20], [1, 1.1, 2]), wave);
const maxDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((worst, v, i) => Math.max(worst, Math.abs(v - b[i])), 0);

test.each<Interpolator>(['bspline', 'linear', 'nearest'])(
  '%s onto the same grid gives the image back',
  (interpolator) => {
    const { data } = resample(source, source.grid, { interpolator, outside: -1 }, SILENT_RUN);
    // ITK starts the spline's causal filter with a tolerance of 1e-10, times the gain 6 an axis.
    expect(maxDifference(data, source.data)).toBeLessThan(1e-10 * 6 ** 3 * 100);
  },
);

test('the aligned and the general B-spline path agree', () => {
  const target = grid([20, 25, 30], [1.3, 0.9, 0.7], [2.2, 1.4, 3.3]);
  const how = { interpolator: 'bspline', outside: 0 } as const;
  // A turn far below the precision of the result makes the grids formally oblique.
  const turn: Mat4 = [1, 1e-300, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const aligned = resample(source, target, how, SILENT_RUN);
  const general = resample(source, target, { ...how, transform: turn }, SILENT_RUN);
  expect(maxDifference(aligned.data, general.data)).toBeLessThan(1e-11);
});

test('a cut-out of a large image has the same B-spline values as the whole', () => {
  const large = image(
    grid([120, 20, 9], [1, 1, 1]),
    (x, y, z) => ((x * 37 + y * 11 + z * 5) % 17) * 60,
  );
  const target = grid([15, 12, 5], [0.7, 0.7, 0.7], [55, 3, 2]);
  const part = resample(large, target, { interpolator: 'bspline', outside: 0 }, SILENT_RUN);
  const turn: Mat4 = [1, 1e-300, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const how = { interpolator: 'bspline', outside: 0, transform: turn } as const;
  expect(maxDifference(part.data, resample(large, target, how, SILENT_RUN).data)).toBeLessThan(
    1e-11,
  );
});

test('a rigid motion moves a smooth image', () => {
  const angle = 0.1;
  const motion: Mat4 = [
    Math.cos(angle),
    -Math.sin(angle),
    0,
    4,
    Math.sin(angle),
    Math.cos(angle),
    0,
    -2,
    0,
    0,
    1,
    1.5,
    0,
    0,
    0,
    1,
  ];
  const target = grid([10, 10, 5], [1, 1, 1], [8, 10, 15]);
  const expected = image(target, (x, y, z) => wave(...applyToPoint(motion, [x, y, z])));
  const how = { interpolator: 'bspline', outside: 0, transform: motion } as const;
  expect(maxDifference(resample(source, target, how, SILENT_RUN).data, expected.data)).toBeLessThan(
    0.2,
  );
});

test('half a voxel beyond the outer centres is inside, more is outside', () => {
  const target = grid([4, 1, 1], [0.5, 1, 1], [-1, 0, 0]);
  const { data } = resample(source, target, { interpolator: 'linear', outside: -9 }, SILENT_RUN);
  expect([...data]).toEqual([-9, source.data[0], source.data[0], expect.any(Number)]);
  const far = grid([2, 1, 1], [1, 1, 1], [500, 0, 0]);
  const spline = resample(source, far, { interpolator: 'bspline', outside: -9 }, SILENT_RUN);
  expect([...spline.data]).toEqual([-9, -9]);
});

test('integers are clamped to their type', () => {
  const step = {
    grid: grid([8, 1, 1], [1, 1, 1]),
    data: Uint8Array.of(0, 0, 0, 0, 255, 255, 255, 255),
  };
  const target = grid([15, 1, 1], [0.5, 1, 1]);
  const how = { interpolator: 'bspline', outside: 0, keepIntegers: true } as const;
  const { data } = resample(step, target, how, SILENT_RUN);
  expect(data).toBeInstanceOf(Uint8Array);
  expect([data[5], data[9]]).toEqual([0, 255]);
});

test('labels keep their values', () => {
  const labels = { grid: grid([3, 1, 1], [2, 1, 1]), data: Uint8Array.of(1, 3, 2) };
  const target = grid([6, 1, 1], [1, 1, 1], [-0.5, 0, 0]);
  expect([...resampleLabels(labels, target, SILENT_RUN).data]).toEqual([1, 1, 3, 3, 2, 2]);
});

test('labels on another grid are those of the nearest voxels, wherever the grids meet', () => {
  const labels = image(grid([20, 18, 12], [1, 1.2, 3], [4, -3, 2]), () => 0);
  const data = Uint8Array.from(labels.data);
  for (const [at, label] of [
    [5 + 20 * (7 + 18 * 4), 3],
    [9 + 20 * (9 + 18 * 6), 1],
    [0, 2],
  ]) {
    data[at] = label;
  }
  const [c, s] = [Math.cos(0.4), Math.sin(0.4)];
  const turn: Mat4 = [c, -s, 0, 3, s, c, 0.1, -2, 0, 0.1, 1, 1, 0, 0, 0, 1];
  const how = { interpolator: 'nearest', outside: 0, keepIntegers: true } as const;
  for (const origin of [
    [0, 0, 0],
    [-9, -20, -6],
    [12, 9, 20],
    [500, 0, 0],
  ] as const) {
    const target = grid([33, 41, 25], [0.8, 0.7, 1.5], origin);
    for (const transform of [undefined, turn]) {
      const whole = resample(
        { grid: labels.grid, data },
        target,
        transform ? { ...how, transform } : how,
        SILENT_RUN,
      );
      const found = resampleLabels({ grid: labels.grid, data }, target, SILENT_RUN, transform);
      expect(found.data).toEqual(whole.data);
    }
  }
});

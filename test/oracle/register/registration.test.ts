import { SILENT_RUN } from '../../../src/chain/stage';
import { elastixNodeEngine } from '../../../src/register/elastixNode';
import {
  LARGE_ROTATION_DEG,
  LARGE_TRANSLATION_MM,
  registerToReference,
} from '../../../src/register/registerToReference';
import type { SeriesImage } from '../../../src/register/registerToReference';
import { translation } from '../../../src/register/rigidMotion';
import type { ImageSeries } from '../../../src/dicom/series';
import { applyLinear, applyToPoint, indexToWorld, multiply } from '../../../src/volume/geometry';
import type { Mat4 } from '../../../src/volume/geometry';
import type { Grid, Mat3, Vec3 } from '../../../src/volume/volume';
import { exampleModel } from '../../fixtures/exampleModel';
import { pairTruth, readPairSeries, STS_PAIRS } from '../../fixtures/stsPair';
import type { StsPair } from '../../fixtures/stsPair';
import { describeWithShared } from '../../shared';

const search = exampleModel().preprocessing.registration;
/** The figure for the mean error over the tumour. */
const LIMIT_MM = 0.5;

function imageOf(
  series: ImageSeries,
  frameOfReferenceUid = series.frameOfReferenceUid,
): SeriesImage {
  return { name: series.description, frameOfReferenceUid, volume: series.volume };
}

function meanErrorMm(found: Mat4, truth: Mat4, points: readonly Vec3[]): number {
  const error = (point: Vec3): number => {
    const [a, b] = [applyToPoint(found, point), applyToPoint(truth, point)];
    return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  };
  return points.reduce((sum, point) => sum + error(point), 0) / points.length;
}

function centreOf(points: readonly Vec3[]): Vec3 {
  const mean = (axis: 0 | 1 | 2): number =>
    points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return [mean(0), mean(1), mean(2)];
}

/** 12 degrees about an axis through the centre (Rodrigues), then 15 mm. */
function rigidAbout(centre: Vec3, axis: Vec3, direction: Vec3): Mat4 {
  const [x, y, z] = axis.map((value) => value / Math.hypot(...axis));
  const [s, c] = [Math.sin((12 * Math.PI) / 180), Math.cos((12 * Math.PI) / 180)];
  const t = 1 - c;
  const r: Mat3 = [
    t * x * x + c,
    t * x * y - s * z,
    t * x * z + s * y,
    t * x * y + s * z,
    t * y * y + c,
    t * y * z - s * x,
    t * x * z - s * y,
    t * y * z + s * x,
    t * z * z + c,
  ];
  const turned = applyLinear(r, centre);
  const [a, b, d] = direction.map((value) => (15 * value) / Math.hypot(...direction));
  const shift = [centre[0] - turned[0] + a, centre[1] - turned[1] + b, centre[2] - turned[2] + d];
  return [
    r[0],
    r[1],
    r[2],
    shift[0],
    r[3],
    r[4],
    r[5],
    shift[1],
    r[6],
    r[7],
    r[8],
    shift[2],
    0,
    0,
    0,
    1,
  ];
}

/** The grid whose voxels lie where the rigid map takes them. */
function movedGrid(grid: Grid, rigid: Mat4): Grid {
  const [sx, sy, sz] = grid.spacingMm;
  const m = multiply(rigid, indexToWorld(grid));
  return {
    ...grid,
    originMm: [m[3], m[7], m[11]],
    direction: [
      m[0] / sx,
      m[1] / sy,
      m[2] / sz,
      m[4] / sx,
      m[5] / sy,
      m[6] / sz,
      m[8] / sx,
      m[9] / sy,
      m[10] / sz,
    ],
  };
}

describeWithShared('registration of CE-T1WI onto FS-T2WI against the simulated motion', () => {
  it.each(STS_PAIRS)('finds the motion of %s to within half a millimetre', async (pair) => {
    const { matrix, points } = pairTruth(pair);
    const found = await registerToReference(
      imageOf(readPairSeries(pair, 'FS-T2WI')),
      imageOf(readPairSeries(pair, 'CE-T1WI')),
      { search, centreMm: points[0] },
      elastixNodeEngine,
      SILENT_RUN,
    );
    expect(meanErrorMm(found.matrix, matrix, points)).toBeLessThan(LIMIT_MM);
    expect(found.start).toBe('geometry');
    expect(found.flags).toEqual([]);
    expect(found.summary.metricAfter).toBeGreaterThan(found.summary.metricBefore ?? Infinity);
  });

  /** Axis of 12 degrees and direction of 15 mm, about the tumour, on top of the pair's own motion. */
  it.each<[StsPair, Vec3, Vec3]>([
    ['STS_002', [1, 0, 0], [1, 0, 0]],
    ['STS_002', [-1, 1, -1], [0, 0, 1]],
    ['STS_015', [0, -1, 0], [0, -1, 1]],
    ['STS_015', [1, 1, 1], [-1, 1, -1]],
    ['STS_018', [0, 0, -1], [0, 0, -1]],
    ['STS_018', [1, -1, 0], [1, 0, 1]],
  ])(
    'comes back from 15 mm and 12 degrees on %s, axis %p, direction %p',
    async (pair, ...moves) => {
      const { matrix, points } = pairTruth(pair);
      const moving = imageOf(readPairSeries(pair, 'CE-T1WI'));
      const moved = rigidAbout(applyToPoint(matrix, centreOf(points)), ...moves);
      const found = await registerToReference(
        imageOf(readPairSeries(pair, 'FS-T2WI')),
        { ...moving, volume: { ...moving.volume, grid: movedGrid(moving.volume.grid, moved) } },
        { search, centreMm: centreOf(points) },
        elastixNodeEngine,
        SILENT_RUN,
      );
      expect(meanErrorMm(found.matrix, multiply(moved, matrix), points)).toBeLessThan(LIMIT_MM);
      const { rotationDeg, translationMm } = found.summary;
      const large = rotationDeg > LARGE_ROTATION_DEG || translationMm > LARGE_TRANSLATION_MM;
      expect(found.flags.map(({ code }) => code)).toEqual(
        large ? ['REGISTRATION_LARGE_MOTION'] : [],
      );
      expect(large).toBe(true);
    },
  );

  it('starts from the centres when the frames of reference differ, and finds the same', async () => {
    const { matrix, points } = pairTruth('STS_018');
    const fixed = imageOf(readPairSeries('STS_018', 'FS-T2WI'));
    const moving = imageOf(readPairSeries('STS_018', 'CE-T1WI'), '2.25.99');
    const offset: Vec3 = [300, -200, 150];
    const [x, y, z] = moving.volume.grid.originMm;
    const far: SeriesImage = {
      ...moving,
      volume: {
        ...moving.volume,
        grid: {
          ...moving.volume.grid,
          originMm: [x + offset[0], y + offset[1], z + offset[2]],
        },
      },
    };
    const settings = { search, centreMm: points[0] };
    const found = await registerToReference(fixed, far, settings, elastixNodeEngine, SILENT_RUN);
    expect(found.start).toBe('centres');
    expect(meanErrorMm(found.matrix, multiply(translation(offset), matrix), points)).toBeLessThan(
      LIMIT_MM,
    );
  });

  it('gives the same transform twice', async () => {
    const [fixed, moving] = [
      imageOf(readPairSeries('STS_002', 'FS-T2WI')),
      imageOf(readPairSeries('STS_002', 'CE-T1WI')),
    ];
    const settings = { search: { ...search, iterations: 64 }, centreMm: [0, 0, 0] as const };
    const once = await registerToReference(fixed, moving, settings, elastixNodeEngine, SILENT_RUN);
    const again = await registerToReference(fixed, moving, settings, elastixNodeEngine, SILENT_RUN);
    expect(again.matrix).toEqual(once.matrix);
  });
});

import { SILENT_RUN } from '../../../src/chain/stage';
import { elastixNodeEngine } from '../../../src/register/elastixNode';
import { registerToReference } from '../../../src/register/registerToReference';
import type { SeriesImage } from '../../../src/register/registerToReference';
import { translation } from '../../../src/register/rigidMotion';
import type { ImageSeries } from '../../../src/dicom/series';
import { applyToPoint, multiply } from '../../../src/volume/geometry';
import type { Mat4 } from '../../../src/volume/geometry';
import type { Vec3 } from '../../../src/volume/volume';
import { exampleModel } from '../../fixtures/exampleModel';
import { pairTruth, readPairSeries, STS_PAIRS } from '../../fixtures/stsPair';
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

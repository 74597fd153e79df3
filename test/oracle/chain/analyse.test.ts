import { applyToPoint } from '../../../src/volume/geometry';
import type { Mat4 } from '../../../src/volume/geometry';
import { pairRequest, pairTruth } from '../../fixtures/stsPair';
import { demonstrationModel, expectWhole, runChain } from '../../fixtures/wholeChain';
import { describeWithShared } from '../../shared';

const MINUTES = 60_000;

function errorMm(
  found: readonly number[],
  truth: Mat4,
  point: readonly [number, number, number],
): number {
  const [a, b, c, d, e, f, g, h, i, j, k, l] = found;
  const matrix: Mat4 = [a, b, c, d, e, f, g, h, i, j, k, l, 0, 0, 0, 1];
  const [p, q] = [applyToPoint(matrix, point), applyToPoint(truth, point)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

describeWithShared('the whole chain on real anatomy (STS_018)', () => {
  it(
    'registers, partitions the tumour and builds both objects',
    async () => {
      const request = pairRequest('STS_018', demonstrationModel);
      const whole = await runChain(request);
      expectWhole(whole);
      const { matrix, points } = pairTruth('STS_018');
      const errors = points.map((point) =>
        errorMm(whole.result.registration.matrix, matrix, point),
      );
      expect(errors.reduce((a, b) => a + b, 0) / errors.length).toBeLessThan(0.5);
    },
    5 * MINUTES,
  );
});

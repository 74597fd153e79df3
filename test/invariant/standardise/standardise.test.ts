import fc from 'fast-check';
import { SILENT_RUN } from '../../../src/chain/stage';
import {
  landmarkDeviation,
  percentileLandmarks,
  trainStandardLandmarks,
} from '../../../src/standardise/landmarks';
import { standardiseIntensity } from '../../../src/standardise/standardiseIntensity';
import type { LandmarkMap } from '../../../src/standardise/standardiseIntensity';
import { IDENTITY_DIRECTION } from '../../../src/volume/geometry';
import type { Grid } from '../../../src/volume/volume';

function grid(count: number): Grid {
  return {
    size: [count, 1, 1],
    spacingMm: [1, 1, 1],
    originMm: [0, 0, 0],
    direction: IDENTITY_DIRECTION,
  };
}

function standardised(values: readonly number[], landmarks: LandmarkMap): number[] {
  const data = Float32Array.from(values);
  const volume = { stage: 'resampled', grid: grid(data.length), data } as const;
  return [...standardiseIntensity(volume, landmarks, SILENT_RUN).data];
}

const rising = (length: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.double({ min: 0.5, max: 50, noNaN: true }), { minLength: length, maxLength: length })
    .map((steps) => steps.map((_, i) => steps.slice(0, i + 1).reduce((a, b) => a + b, 0)));

describe('landmarks', () => {
  it('are percentiles by linear interpolation, of the mask alone', () => {
    const data = Float32Array.from([1000, 4, 1, 3, 2, 5, -1000]);
    const mask = { grid: grid(7), data: Uint8Array.from([0, 1, 1, 1, 1, 1, 0]) };
    expect(percentileLandmarks(data, mask, [0, 10, 50, 100])).toEqual([1, 1.4, 3, 5]);
  });

  it('of images that differ in gain and offset train the same scale', () => {
    fc.assert(
      fc.property(
        rising(5),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.double({ min: -100, max: 100, noNaN: true }),
        (landmarks, gain, offset) => {
          const other = landmarks.map((value) => gain * value + offset);
          const both = trainStandardLandmarks([landmarks, other]);
          trainStandardLandmarks([landmarks]).forEach((value, i) =>
            expect(both[i]).toBeCloseTo(value, 6),
          );
          expect(landmarkDeviation(other, both)).toBeCloseTo(0, 6);
        },
      ),
    );
  });

  it('say how far another tissue mix is from the training', () => {
    expect(landmarkDeviation([0, 1, 10], [0, 50, 100])).toBeCloseTo(0.4, 12);
  });
});

describe('the standardised image', () => {
  it('has the standard landmarks where the image has its own', () => {
    fc.assert(
      fc.property(rising(6), rising(6), (image, standard) => {
        standardised(image, { image, standard }).forEach((value, i) =>
          expect(value).toBeCloseTo(standard[i], 2),
        );
      }),
    );
  });

  it('keeps the order of all intensities', () => {
    fc.assert(
      fc.property(rising(6), rising(6), rising(20), (image, standard, values) => {
        const result = standardised(values, { image, standard });
        result.slice(1).forEach((value, i) => expect(value).toBeGreaterThan(result[i]));
      }),
    );
  });

  it('goes on with the slope of the whole range', () => {
    const landmarks = { image: [0, 10, 20], standard: [0, 90, 100] };
    expect(standardised([-10, 40], landmarks)).toEqual([-50, 200]);
  });

  it('merges landmarks that coincide', () => {
    const landmarks = { image: [0, 10, 10, 20], standard: [0, 40, 60, 100] };
    expect(standardised([5, 10, 15], landmarks)).toEqual([25, 50, 75]);
  });

  it('is refused where all landmarks coincide', () => {
    expect(() => standardised([1], { image: [3, 3, 3], standard: [0, 1, 2] })).toThrow(
      'A series has the same value almost everywhere in the body, so its intensities cannot be standardised: choose another series.',
    );
  });
});

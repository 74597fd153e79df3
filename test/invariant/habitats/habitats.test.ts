import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { clusterHabitats } from '../../../src/habitats/clusterHabitats';
import { kMeans } from '../../../src/habitats/kmeans';
import {
  DEFAULT_HABITAT_TRAINING,
  orderHabitats,
  trainHabitats,
} from '../../../src/habitats/trainHabitats';
import type { TumourVoxels } from '../../../src/habitats/trainHabitats';
import { IDENTITY_DIRECTION } from '../../../src/volume/geometry';

/** Low, high and medium clouds in (CE-T1, FS-T2), 100 voxels each, in turn. */
function patient(seed: number): TumourVoxels {
  const generator = xoroshiro128plus(seed);
  const centres = [
    [20, 30],
    [90, 110],
    [55, 70],
  ];
  const channel = (which: 0 | 1): Float32Array =>
    Float32Array.from(
      { length: 300 },
      (_, i) => centres[i % 3][which] + 12 * (uniformFloat64(generator) - 0.5),
    );
  return { ceT1: channel(0), fsT2: channel(1) };
}

const training = { ...DEFAULT_HABITAT_TRAINING, voxelsPerPatient: 250 };

describe('k-means', () => {
  const points = new Float64Array(600);
  const { ceT1, fsT2 } = patient(1);
  ceT1.forEach((value, i) => {
    points[2 * i] = value;
    points[2 * i + 1] = fsT2[i];
  });
  const settings = { clusters: 3, restarts: 5, maximumIterations: 100, tolerance: 1e-6, seed: 3 };

  it('finds separate clouds', () => {
    const { labels } = kMeans(points, 2, settings);
    for (let i = 3; i < labels.length; i++) expect(labels[i]).toBe(labels[i % 3]);
    expect(new Set(labels).size).toBe(3);
  });

  it('gives the same for the same seed, and its centroids are the means of their points', () => {
    const once = kMeans(points, 2, settings);
    expect(kMeans(points, 2, settings)).toEqual(once);
    const sums = new Float64Array(9);
    once.labels.forEach((label, i) => {
      sums[3 * label] += points[2 * i];
      sums[3 * label + 1] += points[2 * i + 1];
      sums[3 * label + 2]++;
    });
    for (let c = 0; c < 3; c++) {
      expect(once.centroids[2 * c]).toBeCloseTo(sums[3 * c] / sums[3 * c + 2], 9);
      expect(once.centroids[2 * c + 1]).toBeCloseTo(sums[3 * c + 1] / sums[3 * c + 2], 9);
    }
  });

  it('does not get worse with more restarts', () => {
    const few = kMeans(points, 2, { ...settings, clusters: 6, restarts: 1 });
    const many = kMeans(points, 2, { ...settings, clusters: 6, restarts: 10 });
    expect(many.inertia).toBeLessThanOrEqual(few.inertia);
  });

  it('refuses fewer points than clusters', () => {
    expect(() => kMeans(new Float64Array(4), 2, settings)).toThrow('at least as many points');
  });
});

describe('habitats of a cohort', () => {
  const model = trainHabitats([patient(1), patient(2), patient(3)], training);

  it('are ordered low/low, high/high, medium/medium', () => {
    const [h1, h2, h3] = model.centroids;
    for (const channel of [0, 1] as const) {
      expect(h1[channel]).toBeLessThan(h3[channel]);
      expect(h3[channel]).toBeLessThan(h2[channel]);
    }
    expect(model.patternAsPublished).toBe(true);
  });

  it('say when the pattern is not the published one', () => {
    const found = orderHabitats([
      [-1, -1],
      [1, 0.4],
      [-0.2, 0.6],
    ]);
    expect(found.centroids[1]).toEqual([1, 0.4]);
    expect(found.patternAsPublished).toBe(false);
  });

  it('partition a new tumour, and the same voxels give the same habitats', () => {
    const { ceT1, fsT2 } = patient(9);
    const grid = {
      size: [300, 1, 1],
      spacingMm: [1, 1, 1],
      originMm: [0, 0, 0],
      direction: IDENTITY_DIRECTION,
    } as const;
    const volume = (data: Float32Array) => ({ stage: 'standardised', grid, data }) as const;
    const tumour = { grid, data: Uint8Array.from(ceT1, (_, i) => (i < 200 ? 1 : 0)) };
    const { labels, counts, fractions, evaluable } = clusterHabitats(
      volume(ceT1),
      volume(fsT2),
      tumour,
      { ...model, minimumVoxels: 67 },
    );
    labels.data.forEach((label, i) => expect(label).toBe(i < 200 ? (i % 3) + 1 : 0));
    expect(counts).toEqual([67, 67, 66]);
    expect(fractions[0] + fractions[1] + fractions[2]).toBeCloseTo(1, 12);
    expect(evaluable).toEqual([true, true, false]);
  });

  it('take the lower number on a tie', () => {
    const grid = {
      size: [1, 1, 1],
      spacingMm: [1, 1, 1],
      originMm: [0, 0, 0],
      direction: IDENTITY_DIRECTION,
    } as const;
    const volume = { stage: 'standardised', grid, data: Float32Array.of(0) } as const;
    const { labels } = clusterHabitats(
      volume,
      volume,
      { grid, data: Uint8Array.of(1) },
      {
        channelMean: [0, 0],
        channelSd: [1, 1],
        centroids: [
          [-1, -1],
          [1, 1],
          [5, 5],
        ],
        minimumVoxels: 0,
      },
    );
    expect([...labels.data]).toEqual([1]);
  });
});

/**
 * The habitats of a cohort (method notes 3.5): tumour voxels of all patients pooled, each channel
 * z-scored, k-means with three clusters, ordered by the published semantics:
 * H1 low/low ("low-enhancing solid"), H2 high/high ("enhancing viable"), H3 in between ("hypoactive").
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Model } from '../model/schema';
import { kMeans } from './kmeans';

/** Standardised intensities of the tumour voxels of one patient, voxel by voxel. */
export interface TumourVoxels {
  readonly ceT1: Float32Array;
  readonly fsT2: Float32Array;
}

export interface HabitatTraining {
  /** Random voxels taken from each patient at most, so that large tumours do not dominate. */
  readonly voxelsPerPatient: number;
  readonly restarts: number;
  readonly maximumIterations: number;
  readonly tolerance: number;
  readonly seed: number;
}

export const DEFAULT_HABITAT_TRAINING: HabitatTraining = {
  voxelsPerPatient: 5000,
  restarts: 20,
  maximumIterations: 300,
  tolerance: 1e-4,
  seed: 20260101,
};

type Pair = [number, number];
export type HabitatCentroids = Pick<
  Model['habitats'],
  'channelMean' | 'channelSd' | 'centroids' | 'patternAsPublished'
>;

export function trainHabitats(
  patients: readonly TumourVoxels[],
  training: HabitatTraining,
): HabitatCentroids {
  const pooled = patients.flatMap((patient, i) => {
    const { ceT1, fsT2 } = sampleVoxels(patient, training, i);
    return Array.from(ceT1, (value, k): Pair => [value, fsT2[k]]);
  });
  const channelMean = [0, 1].map((channel) => mean(pooled, channel));
  const channelSd = [0, 1].map((channel) => sd(pooled, channel, channelMean[channel]));
  const z = new Float64Array(2 * pooled.length);
  pooled.forEach((values, i) => {
    z[2 * i] = (values[0] - channelMean[0]) / channelSd[0];
    z[2 * i + 1] = (values[1] - channelMean[1]) / channelSd[1];
  });
  const { centroids } = kMeans(z, 2, { clusters: 3, ...training });
  return {
    channelMean: [channelMean[0], channelMean[1]],
    channelSd: [channelSd[0], channelSd[1]],
    ...orderHabitats([0, 1, 2].map((c): Pair => [centroids[2 * c], centroids[2 * c + 1]])),
  };
}

/** Smallest sum of both channels: H1; largest: H2; the other: H3. */
export function orderHabitats(
  found: readonly Pair[],
): Pick<HabitatCentroids, 'centroids' | 'patternAsPublished'> {
  const [low, middle, high] = [...found].sort((a, b) => a[0] + a[1] - b[0] - b[1]);
  return {
    centroids: [low, high, middle],
    patternAsPublished: [0, 1].every(
      (channel) => low[channel] < middle[channel] && middle[channel] < high[channel],
    ),
  };
}

/**
 * Without replacement, by a partial Fisher-Yates shuffle with a seed of each patient's own; in the
 * order of the voxels. A sample is its own sample, so large cohorts can be sampled patient by patient.
 */
export function sampleVoxels(
  patient: TumourVoxels,
  { seed, voxelsPerPatient }: HabitatTraining,
  index: number,
): TumourVoxels {
  if (patient.ceT1.length <= voxelsPerPatient) return patient;
  const generator = xoroshiro128plus(seed + index);
  const order = Uint32Array.from(patient.ceT1, (_, i) => i);
  for (let i = 0; i < voxelsPerPatient; i++) {
    const j = uniformInt(generator, i, order.length - 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const chosen = order.subarray(0, voxelsPerPatient).sort();
  return {
    ceT1: Float32Array.from(chosen, (i) => patient.ceT1[i]),
    fsT2: Float32Array.from(chosen, (i) => patient.fsT2[i]),
  };
}

function mean(values: readonly Pair[], channel: number): number {
  return values.reduce((sum, value) => sum + value[channel], 0) / values.length;
}

function sd(values: readonly Pair[], channel: number, centre: number): number {
  const squares = values.reduce((sum, value) => sum + (value[channel] - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

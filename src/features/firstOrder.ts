/** First-order statistics as in PyRadiomics 3.1 (`firstorder.py`). */
import type { Vec3 } from '../volume/volume';
import type { Discretised } from './discretise';
import type { FeatureName } from './names';
import { percentiles } from './orderStatistics';
import type { RegionValues } from './regionImage';
import type { FeatureSettings } from './settings';
import { pairwiseSum } from '../numerics/pairwiseSum';
import { entropyTerm, sum } from './sums';

type FirstOrderFeatures = Record<FeatureName<'firstorder'>, number>;

export function firstOrderFeatures(
  region: RegionValues,
  discretised: Discretised,
  spacingMm: Vec3,
  settings: FeatureSettings,
): FirstOrderFeatures {
  const { values, minimum, maximum } = region;
  const n = values.length;
  const [p10, p25, median, p75, p90] = percentiles(values, minimum, maximum, [10, 25, 50, 75, 90]);
  const mean = pairwiseSum(values) / n;
  const moments = centralMoments(values, mean);
  const energy = shiftedEnergy(values, settings.voxelArrayShift);
  const probabilities = discretised.counts.map((count) => count / n);
  const flat = moments.m2 === 0;

  return {
    '10Percentile': p10,
    '90Percentile': p90,
    Energy: energy,
    Entropy: sum(probabilities.map(entropyTerm)),
    InterquartileRange: p75 - p25,
    Kurtosis: flat ? 0 : moments.m4 / moments.m2 ** 2,
    Maximum: maximum,
    MeanAbsoluteDeviation: moments.absolute,
    Mean: mean,
    Median: median,
    Minimum: minimum,
    Range: maximum - minimum,
    RobustMeanAbsoluteDeviation: robustMeanAbsoluteDeviation(values, p10, p90),
    RootMeanSquared: Math.sqrt(energy / n),
    Skewness: flat ? 0 : moments.m3 / moments.m2 ** 1.5,
    StandardDeviation: Math.sqrt(moments.m2),
    TotalEnergy: energy * (spacingMm[0] * spacingMm[1] * spacingMm[2]),
    Uniformity: sum(probabilities.map((p) => p * p)),
    Variance: moments.m2,
  };
}

/** Sums run over blocks, to keep the rounding error near that of numpy's pairwise sums. */
const BLOCK = 512;

interface Moments {
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
  /** Mean of |x - mean|. */
  readonly absolute: number;
}

function centralMoments(values: Float64Array, mean: number): Moments {
  const n = values.length;
  const sums = new Float64Array(4);
  for (let start = 0; start < n; start += BLOCK) {
    addPowers(values, start, Math.min(start + BLOCK, n), mean, sums);
  }
  const [m2, m3, m4, absolute] = sums;
  return { m2: m2 / n, m3: m3 / n, m4: m4 / n, absolute: absolute / n };
}

/** Adds a block's sums of the second to fourth power and of the magnitude of x - mean. */
function addPowers(
  values: Float64Array,
  start: number,
  end: number,
  mean: number,
  sums: Float64Array,
): void {
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let magnitudes = 0;
  for (let i = start; i < end; i++) {
    const d = values[i] - mean;
    const d2 = d * d;
    s2 += d2;
    s3 += d2 * d;
    s4 += d2 * d2;
    magnitudes += Math.abs(d);
  }
  sums[0] += s2;
  sums[1] += s3;
  sums[2] += s4;
  sums[3] += magnitudes;
}

function shiftedEnergy(values: Float64Array, shift: number): number {
  let total = 0;
  for (let start = 0; start < values.length; start += BLOCK) {
    total += blockEnergy(values, start, Math.min(start + BLOCK, values.length), shift);
  }
  return total;
}

function blockEnergy(values: Float64Array, start: number, end: number, shift: number): number {
  let energy = 0;
  for (let i = start; i < end; i++) {
    const value = values[i] + shift;
    energy += value * value;
  }
  return energy;
}

/**
 * Mean distance from the mean of the values from the 10th to the 90th percentile, both included.
 * Values beyond are moved to the percentile and their share is taken off again: one test for each
 * value is hard for the processor to predict, a minimum and a maximum are not.
 */
function robustMeanAbsoluteDeviation(values: Float64Array, p10: number, p90: number): number {
  const n = values.length;
  const sums = new Float64Array(3);
  for (let start = 0; start < n; start += BLOCK) {
    addClamped(values, start, Math.min(start + BLOCK, n), p10, p90, sums);
  }
  const [total, below, above] = sums;
  const count = n - below - above;
  if (count === 0) return NaN;
  const mean = (total - below * p10 - above * p90) / count;
  let deviation = 0;
  for (let start = 0; start < n; start += BLOCK) {
    deviation += clampedDeviation(values, start, Math.min(start + BLOCK, n), p10, p90, mean);
  }
  return (deviation - below * Math.abs(p10 - mean) - above * Math.abs(p90 - mean)) / count;
}

/** Adds a block's sum of the clamped values, and how many are below and above. */
function addClamped(
  values: Float64Array,
  start: number,
  end: number,
  p10: number,
  p90: number,
  sums: Float64Array,
): void {
  let total = 0;
  let below = 0;
  let above = 0;
  for (let i = start; i < end; i++) {
    const value = values[i];
    below += Number(value < p10);
    above += Number(value > p90);
    total += Math.min(Math.max(value, p10), p90);
  }
  sums[0] += total;
  sums[1] += below;
  sums[2] += above;
}

function clampedDeviation(
  values: Float64Array,
  start: number,
  end: number,
  p10: number,
  p90: number,
  mean: number,
): number {
  let deviation = 0;
  for (let i = start; i < end; i++) {
    deviation += Math.abs(Math.min(Math.max(values[i], p10), p90) - mean);
  }
  return deviation;
}

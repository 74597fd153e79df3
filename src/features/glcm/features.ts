/** GLCM features as in PyRadiomics 3.1 (`glcm.py`): the mean over directions. */
import type { Vec3 } from '../../volume/volume';
import type { LevelGrid } from '../levelGrid';
import { meanOfFeatures } from '../meanOfFeatures';
import type { FeatureName } from '../names';
import type { Offset } from '../neighbours';
import { offsetLengthMm } from '../neighbours';
import type { FeatureSettings } from '../settings';
import { EPSILON, entropyTerm, sum } from '../sums';
import { cooccurrences } from './matrix';
import { maximalCorrelation } from './maximalCorrelation';
import type { PairCounts } from './pairs';
import { weightedPairs } from './pairs';
import type { PairProbabilities } from './probabilities';
import { entropy, pairProbabilities } from './probabilities';

export type CooccurrenceFeatures = Record<FeatureName<'glcm'>, number>;

/** @param withMcc the maximal correlation coefficient costs more than the others; NaN without */
export function glcmFeatures(
  grid: LevelGrid,
  offsets: readonly Offset[],
  spacingMm: Vec3,
  settings: FeatureSettings,
  withMcc: boolean,
): CooccurrenceFeatures {
  const { levels } = grid;
  let matrices = cooccurrences(grid, offsets, settings.symmetricalGLCM);
  const norm = settings.weightingNorm;
  if (norm !== null) {
    const weights = offsets.map((offset) =>
      norm === 'no_weighting' ? 1 : Math.exp(-(offsetLengthMm(offset, spacingMm, norm) ** 2)),
    );
    matrices = [weightedPairs(matrices, weights, levels.length)];
  }
  const found = matrices.filter((pairs) => sum(pairs.counts) > 0);
  if (found.length === 0) return withoutPairs(matrices.length > 1, levels.length === 1);
  return meanOfFeatures(found.map((pairs) => featuresOf(pairs, levels, withMcc)));
}

function featuresOf(pairs: PairCounts, levels: Float64Array, withMcc: boolean) {
  const p = pairProbabilities(pairs, levels);
  const mcc = levels.length === 1 ? 1 : withMcc ? maximalCorrelation(p) : NaN;
  return { ...cellFeatures(p), ...marginFeatures(p), ...informationFeatures(p), MCC: mcc };
}

/** Features that are sums over the cells of the matrix. */
function cellFeatures({ rows, columns, values, levels, meanX, meanY }: PairProbabilities) {
  let [autocorrelation, prominence, shade, tendency, contrast] = [0, 0, 0, 0, 0];
  let [energy, maximum, covariance, varianceX, varianceY] = [0, 0, 0, 0, 0];
  for (let c = 0; c < values.length; c++) {
    const p = values[c];
    const i = levels[rows[c]];
    const j = levels[columns[c]];
    const both = i + j - meanX - meanY;
    const both2 = both * both;
    autocorrelation += p * i * j;
    tendency += p * both2;
    shade += p * both2 * both;
    prominence += p * both2 * both2;
    contrast += p * (i - j) * (i - j);
    energy += p * p;
    if (p > maximum) maximum = p;
    covariance += p * (i - meanX) * (j - meanY);
    varianceX += p * (i - meanX) * (i - meanX);
    varianceY += p * (j - meanY) * (j - meanY);
  }
  const deviations = Math.sqrt(varianceX) * Math.sqrt(varianceY);
  return {
    Autocorrelation: autocorrelation,
    ClusterProminence: prominence,
    ClusterShade: shade,
    ClusterTendency: tendency,
    Contrast: contrast,
    Correlation: deviations === 0 ? 1 : covariance / (deviations + EPSILON),
    JointAverage: meanX,
    JointEnergy: energy,
    MaximumProbability: maximum,
    SumSquares: varianceX,
  };
}

/** Features of the distributions of i + j and of |i - j|. */
function marginFeatures({ sums, differences, levels }: PairProbabilities) {
  const highest = levels[levels.length - 1];
  let [average, id, idm, idn, idmn, inverseVariance] = [0, 0, 0, 0, 0, 0];
  for (let k = 0; k < differences.length; k++) {
    const p = differences[k];
    average += k * p;
    id += p / (1 + k);
    idm += p / (1 + k * k);
    idn += p / (1 + k / highest);
    idmn += p / (1 + (k * k) / (highest * highest));
    if (k > 0) inverseVariance += p / (k * k);
  }
  let [variance, sumAverage] = [0, 0];
  for (let k = 0; k < differences.length; k++) variance += differences[k] * (k - average) ** 2;
  for (let k = 2; k < sums.length; k++) sumAverage += k * sums[k];
  return {
    DifferenceAverage: average,
    DifferenceEntropy: entropy(differences),
    DifferenceVariance: variance,
    Id: id,
    Idm: idm,
    Idmn: idmn,
    Idn: idn,
    InverseVariance: inverseVariance,
    SumAverage: sumAverage,
    SumEntropy: entropy(sums),
  };
}

/** Joint entropy and the two informational measures of correlation. */
function informationFeatures({ rows, columns, values, px, py }: PairProbabilities) {
  let [joint, crossed] = [0, 0];
  for (let c = 0; c < values.length; c++) {
    joint += entropyTerm(values[c]);
    crossed -= values[c] * Math.log2(px[rows[c]] * py[columns[c]] + EPSILON);
  }
  const greater = Math.max(entropy(px), entropy(py));
  const independent = entropyOfProduct(px, py);
  return {
    Imc1: greater === 0 ? 0 : (joint - crossed) / greater,
    // NaN when rounding makes the joint entropy the larger one; such directions leave the mean.
    Imc2: independent === joint ? 0 : Math.sqrt(1 - Math.exp(-2 * (independent - joint))),
    JointEntropy: joint,
  };
}

/**
 * Entropy of the distribution px(i) py(j), with eps inside the logarithm. As eps is small beside
 * the products, log2(p + eps) = log2(p) + eps / (p ln 2), and the double sum comes apart.
 */
function entropyOfProduct(px: Float64Array, py: Float64Array): number {
  const cells = countAbove0(px) * countAbove0(py);
  return -sumOfLogarithms(px) - sumOfLogarithms(py) - (cells * EPSILON) / Math.LN2;
}

/** Sum of p log2(p). */
function sumOfLogarithms(probabilities: Float64Array): number {
  const terms = new Float64Array(probabilities.length);
  let count = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i];
    if (p > 0) terms[count++] = p * Math.log2(p);
  }
  return sum(terms.subarray(0, count));
}

function countAbove0(probabilities: Float64Array): number {
  let count = 0;
  for (let i = 0; i < probabilities.length; i++) if (probabilities[i] > 0) count++;
  return count;
}

/**
 * No two voxels of the region are neighbours. PyRadiomics leaves out empty matrices when there are
 * several, but keeps a single one, and gives numbers for a flat region where its sums are empty.
 */
function withoutPairs(several: boolean, flat: boolean): CooccurrenceFeatures {
  return {
    Autocorrelation: NaN,
    ClusterProminence: NaN,
    ClusterShade: NaN,
    ClusterTendency: NaN,
    Contrast: NaN,
    Correlation: NaN,
    DifferenceAverage: NaN,
    DifferenceEntropy: NaN,
    DifferenceVariance: NaN,
    Id: NaN,
    Idm: NaN,
    Idmn: NaN,
    Idn: NaN,
    Imc1: NaN,
    Imc2: NaN,
    InverseVariance: flat && !several ? 0 : NaN,
    JointAverage: NaN,
    JointEnergy: NaN,
    JointEntropy: NaN,
    MCC: flat && several ? 1 : NaN,
    MaximumProbability: NaN,
    SumAverage: NaN,
    SumEntropy: NaN,
    SumSquares: NaN,
  };
}

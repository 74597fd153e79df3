/**
 * The form GLRLM, GLSZM and GLDM have in common: how often each (grey level, size) occurs, where a
 * size is a run length, a zone volume or a number of dependent voxels. Their features are the same
 * sums under different names.
 */
import { entropyTerm, sum } from './sums';

/** Cells of a matrix that are not 0. */
export interface LevelSizeCounts {
  /** Index into `levels` of each cell. */
  readonly ranks: number[];
  readonly sizes: number[];
  /** Occurrences; not whole when directions are weighted. */
  readonly counts: number[];
  /** Grey level of each rank. */
  readonly levels: Float64Array;
}

export function emptyCounts(levels: Float64Array): LevelSizeCounts {
  return { ranks: [], sizes: [], counts: [], levels };
}

export function addCell(
  { ranks, sizes, counts }: LevelSizeCounts,
  rank: number,
  size: number,
  count: number,
): void {
  ranks.push(rank);
  sizes.push(size);
  counts.push(count);
}

export interface LevelSizeStatistics {
  /** Sum of all cells: runs, zones or voxels. */
  readonly total: number;
  /** Sum of size x count: the voxels the matrix describes. */
  readonly voxels: number;
  readonly smallEmphasis: number;
  readonly largeEmphasis: number;
  readonly lowLevelEmphasis: number;
  readonly highLevelEmphasis: number;
  readonly smallLowEmphasis: number;
  readonly smallHighEmphasis: number;
  readonly largeLowEmphasis: number;
  readonly largeHighEmphasis: number;
  readonly levelNonUniformity: number;
  readonly levelNonUniformityNormalised: number;
  readonly sizeNonUniformity: number;
  readonly sizeNonUniformityNormalised: number;
  readonly levelVariance: number;
  readonly sizeVariance: number;
  readonly entropy: number;
}

/** All values are NaN for a matrix without counts, as in PyRadiomics. */
export function levelSizeStatistics(matrix: LevelSizeCounts): LevelSizeStatistics {
  const { ranks, sizes, counts, levels } = matrix;
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const ofLevel = new Float64Array(levels.length);
  const ofSize = new Float64Array(largest + 1);
  let [smallLow, smallHigh, largeLow, largeHigh, entropy] = [0, 0, 0, 0, 0];
  const total = sum(counts);
  for (let c = 0; c < counts.length; c++) {
    const count = counts[c];
    ofLevel[ranks[c]] += count;
    ofSize[sizes[c]] += count;
    const level2 = levels[ranks[c]] ** 2;
    const size2 = sizes[c] ** 2;
    smallLow += count / (level2 * size2);
    smallHigh += (count * level2) / size2;
    largeLow += (count * size2) / level2;
    largeHigh += count * level2 * size2;
    entropy += entropyTerm(count / total);
  }
  const level = marginal(ofLevel, (rank) => levels[rank], total);
  const size = marginal(ofSize, (index) => index, total);
  return {
    total,
    voxels: size.mean * total,
    smallEmphasis: size.inverseSquare,
    largeEmphasis: size.square,
    lowLevelEmphasis: level.inverseSquare,
    highLevelEmphasis: level.square,
    smallLowEmphasis: smallLow / total,
    smallHighEmphasis: smallHigh / total,
    largeLowEmphasis: largeLow / total,
    largeHighEmphasis: largeHigh / total,
    levelNonUniformity: level.squaredCounts / total,
    levelNonUniformityNormalised: level.squaredCounts / total ** 2,
    sizeNonUniformity: size.squaredCounts / total,
    sizeNonUniformityNormalised: size.squaredCounts / total ** 2,
    levelVariance: level.variance,
    sizeVariance: size.variance,
    entropy: total > 0 ? entropy : NaN,
  };
}

/** Moments of one margin of the matrix: of the levels or of the sizes. */
function marginal(counts: Float64Array, valueOf: (index: number) => number, total: number) {
  let [first, square, inverseSquare, squaredCounts] = [0, 0, 0, 0];
  for (let index = 0; index < counts.length; index++) {
    const count = counts[index];
    if (count === 0) continue;
    const value = valueOf(index);
    first += count * value;
    square += count * value * value;
    inverseSquare += count / (value * value);
    squaredCounts += count * count;
  }
  const mean = first / total;
  let variance = 0;
  for (let index = 0; index < counts.length; index++) {
    if (counts[index] > 0) variance += counts[index] * (valueOf(index) - mean) ** 2;
  }
  return {
    mean,
    square: square / total,
    inverseSquare: inverseSquare / total,
    squaredCounts,
    variance: variance / total,
  };
}

/** GLRLM features as in PyRadiomics 3.1 (`glrlm.py`): the mean over directions. */
import type { Vec3 } from '../../volume/volume';
import type { LevelGrid } from '../levelGrid';
import type { LevelSizeCounts, LevelSizeStatistics } from '../levelSizeCounts';
import { addCell, emptyCounts, levelSizeStatistics } from '../levelSizeCounts';
import { meanOfFeatures } from '../meanOfFeatures';
import type { FeatureName } from '../names';
import { forwardOffsets, offsetLengthMm } from '../neighbours';
import type { FeatureSettings } from '../settings';
import { runLengthMatrices } from './matrix';

export type RunLengthFeatures = Record<FeatureName<'glrlm'>, number>;

export function glrlmFeatures(
  grid: LevelGrid,
  extent: Vec3,
  spacingMm: Vec3,
  settings: FeatureSettings,
): RunLengthFeatures {
  const offsets = forwardOffsets(extent, [1], settings);
  const matrices = runLengthMatrices(grid, offsets, extent);
  const norm = settings.weightingNorm;
  if (norm !== null) {
    const weights = offsets.map((offset) => offsetLengthMm(offset, spacingMm, norm));
    const summed = weightedSum([...matrices], weights);
    const features = runLengthFeatures(levelSizeStatistics(summed));
    // Of a matrix without runs PyRadiomics sums no terms here, where other features are 0 / 0.
    return summed.counts.length > 0 ? features : { ...features, RunEntropy: 0, RunVariance: 0 };
  }
  const perDirection: RunLengthFeatures[] = [];
  for (const matrix of matrices) {
    perDirection.push(runLengthFeatures(levelSizeStatistics(matrix)));
  }
  return meanOfFeatures(perDirection);
}

function weightedSum(
  matrices: readonly LevelSizeCounts[],
  weights: readonly number[],
): LevelSizeCounts {
  const { levels } = matrices[0];
  const cells = new Map<number, number>();
  matrices.forEach(({ ranks, sizes, counts }, m) => {
    for (let c = 0; c < counts.length; c++) {
      const key = sizes[c] * levels.length + ranks[c];
      cells.set(key, (cells.get(key) ?? 0) + weights[m] * counts[c]);
    }
  });
  const matrix = emptyCounts(levels);
  for (const [key, count] of cells) {
    addCell(matrix, key % levels.length, Math.floor(key / levels.length), count);
  }
  return matrix;
}

function runLengthFeatures(s: LevelSizeStatistics): RunLengthFeatures {
  return {
    GrayLevelNonUniformity: s.levelNonUniformity,
    GrayLevelNonUniformityNormalized: s.levelNonUniformityNormalised,
    GrayLevelVariance: s.levelVariance,
    HighGrayLevelRunEmphasis: s.highLevelEmphasis,
    LongRunEmphasis: s.largeEmphasis,
    LongRunHighGrayLevelEmphasis: s.largeHighEmphasis,
    LongRunLowGrayLevelEmphasis: s.largeLowEmphasis,
    LowGrayLevelRunEmphasis: s.lowLevelEmphasis,
    RunEntropy: s.entropy,
    RunLengthNonUniformity: s.sizeNonUniformity,
    RunLengthNonUniformityNormalized: s.sizeNonUniformityNormalised,
    RunPercentage: s.total / s.voxels,
    RunVariance: s.sizeVariance,
    ShortRunEmphasis: s.smallEmphasis,
    ShortRunHighGrayLevelEmphasis: s.smallHighEmphasis,
    ShortRunLowGrayLevelEmphasis: s.smallLowEmphasis,
  };
}

/** GLDM features as in PyRadiomics 3.1 (`gldm.py`). */
import type { LevelSizeCounts } from '../levelSizeCounts';
import { levelSizeStatistics } from '../levelSizeCounts';
import type { FeatureName } from '../names';

export function gldmFeatures(dependences: LevelSizeCounts): Record<FeatureName<'gldm'>, number> {
  const s = levelSizeStatistics(dependences);
  return {
    DependenceEntropy: s.entropy,
    DependenceNonUniformity: s.sizeNonUniformity,
    DependenceNonUniformityNormalized: s.sizeNonUniformityNormalised,
    DependenceVariance: s.sizeVariance,
    GrayLevelNonUniformity: s.levelNonUniformity,
    GrayLevelVariance: s.levelVariance,
    HighGrayLevelEmphasis: s.highLevelEmphasis,
    LargeDependenceEmphasis: s.largeEmphasis,
    LargeDependenceHighGrayLevelEmphasis: s.largeHighEmphasis,
    LargeDependenceLowGrayLevelEmphasis: s.largeLowEmphasis,
    LowGrayLevelEmphasis: s.lowLevelEmphasis,
    SmallDependenceEmphasis: s.smallEmphasis,
    SmallDependenceHighGrayLevelEmphasis: s.smallHighEmphasis,
    SmallDependenceLowGrayLevelEmphasis: s.smallLowEmphasis,
  };
}

/** GLSZM features as in PyRadiomics 3.1 (`glszm.py`). */
import type { LevelSizeCounts } from '../levelSizeCounts';
import { levelSizeStatistics } from '../levelSizeCounts';
import type { FeatureName } from '../names';

export function glszmFeatures(zones: LevelSizeCounts): Record<FeatureName<'glszm'>, number> {
  const s = levelSizeStatistics(zones);
  return {
    GrayLevelNonUniformity: s.levelNonUniformity,
    GrayLevelNonUniformityNormalized: s.levelNonUniformityNormalised,
    GrayLevelVariance: s.levelVariance,
    HighGrayLevelZoneEmphasis: s.highLevelEmphasis,
    LargeAreaEmphasis: s.largeEmphasis,
    LargeAreaHighGrayLevelEmphasis: s.largeHighEmphasis,
    LargeAreaLowGrayLevelEmphasis: s.largeLowEmphasis,
    LowGrayLevelZoneEmphasis: s.lowLevelEmphasis,
    SizeZoneNonUniformity: s.sizeNonUniformity,
    SizeZoneNonUniformityNormalized: s.sizeNonUniformityNormalised,
    SmallAreaEmphasis: s.smallEmphasis,
    SmallAreaHighGrayLevelEmphasis: s.smallHighEmphasis,
    SmallAreaLowGrayLevelEmphasis: s.smallLowEmphasis,
    ZoneEntropy: s.entropy,
    ZonePercentage: s.total / s.voxels,
    ZoneVariance: s.sizeVariance,
  };
}

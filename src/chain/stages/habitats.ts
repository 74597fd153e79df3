import { clusterHabitats } from '../../habitats/clusterHabitats';
import type { HabitatMap } from '../../habitats/clusterHabitats';
import type { Model } from '../../model/schema';
import type { StandardisedVolume } from '../../standardise/standardiseIntensity';
import type { Mask } from '../../volume/volume';
import type { Flag } from '../analysis';
import type { BothSequences } from '../bothSequences';
import type { StageOutcome } from '../stageLog';

export function findHabitats(
  images: BothSequences<StandardisedVolume>,
  tumour: Mask,
  model: Model['habitats'],
): StageOutcome<HabitatMap> {
  const value = clusterHabitats(images.ceT1, images.fsT2, tumour, model);
  const sizes = value.fractions.map((f, i) => `H${i + 1} ${(100 * f).toFixed(1)} %`);
  return {
    value,
    flags: habitatFlags(value, model),
    note: `Nearest of the model's three centroids; ${sizes.join(', ')}`,
  };
}

function habitatFlags({ counts, evaluable }: HabitatMap, model: Model['habitats']): Flag[] {
  const flags: Flag[] = [];
  if (!model.patternAsPublished) {
    flags.push({
      code: 'PATTERN_NOT_AS_PUBLISHED',
      stage: 'habitats',
      message:
        'The habitats of this model do not rise together in both sequences as the published ones do, so the published names fit them only in part.',
    });
  }
  counts.forEach((voxels, i) => {
    if (evaluable[i]) return;
    flags.push({
      code: 'HABITAT_NOT_EVALUABLE',
      stage: 'habitats',
      message: `Habitat ${i + 1} (${model.names[i]}) has ${voxels} voxels, fewer than ${Math.max(1, model.minimumVoxels)}: its features are not evaluable.`,
    });
  });
  return flags;
}

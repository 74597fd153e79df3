import { clusterHabitats } from '../../habitats/clusterHabitats';
import type { HabitatMap } from '../../habitats/clusterHabitats';
import { DEFAULT_HABITAT_TRAINING, trainHabitats } from '../../habitats/trainHabitats';
import type { Model } from '../../model/schema';
import type { StandardisedVolume } from '../../standardise/standardiseIntensity';
import type { Mask } from '../../volume/volume';
import type { Flag } from '../analysis';
import { forBoth } from '../bothSequences';
import type { BothSequences } from '../bothSequences';
import type { StageOutcome } from '../stageLog';

export function findHabitats(
  images: BothSequences<StandardisedVolume>,
  tumour: Mask,
  model: Model['habitats'],
): StageOutcome<HabitatMap> {
  const perPatient = model.method === 'perPatient';
  const applied = perPatient ? { ...model, ...ownCentroids(images, tumour) } : model;
  const value = clusterHabitats(images.ceT1, images.fsT2, tumour, applied);
  const sizes = value.fractions.map((f, i) => `H${i + 1} ${(100 * f).toFixed(1)} %`);
  const how = perPatient
    ? 'k-means with three clusters in this patient alone'
    : "Nearest of the model's three centroids";
  return { value, flags: habitatFlags(value, applied), note: `${how}; ${sizes.join(', ')}` };
}

/** Centroids of this patient alone, ordered as those of a cohort. */
function ownCentroids(
  images: BothSequences<StandardisedVolume>,
  tumour: Mask,
): ReturnType<typeof trainHabitats> {
  const voxels = forBoth((s) => images[s].data.filter((_, i) => tumour.data[i] !== 0));
  return trainHabitats([voxels], DEFAULT_HABITAT_TRAINING);
}

function habitatFlags({ counts, evaluable }: HabitatMap, model: Model['habitats']): Flag[] {
  const flags: Flag[] = [];
  const perPatient = model.method === 'perPatient';
  if (perPatient) {
    flags.push({
      code: 'HABITATS_PER_PATIENT',
      stage: 'habitats',
      message:
        'The habitats were found in this patient alone, so that their sizes and features cannot be compared with those of other patients.',
    });
  }
  if (!model.patternAsPublished) {
    flags.push({
      code: 'PATTERN_NOT_AS_PUBLISHED',
      stage: 'habitats',
      message: `The habitats of this ${perPatient ? 'patient' : 'model'} do not rise together in both sequences as the published ones do, so the published names fit them only in part.`,
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

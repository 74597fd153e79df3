/**
 * What is fitted on the training patients together and then frozen: the standard landmarks (Nyul and
 * Udupa 1999) and the habitats' centroids (pooled k-means, method notes 3.5). A patient takes part with
 * his landmarks first and with his standardised tumour voxels then, so that one is in memory at a time.
 */
import type { BothSequences } from '../chain/bothSequences';
import { forBoth } from '../chain/bothSequences';
import { InputError } from '../chain/errors';
import { SILENT_RUN } from '../chain/stage';
import { standardiseByLandmarks } from '../chain/stages/standardise';
import { sampleVoxels, trainHabitats } from '../habitats/trainHabitats';
import type { HabitatTraining, TumourVoxels } from '../habitats/trainHabitats';
import type { Model } from '../model/schema';
import { trainStandardLandmarks } from '../standardise/landmarks';
import type { PreparedStudy } from './prepareStudy';
import type { ExtractSettings } from './settings';

type Standardisation = Model['preprocessing']['standardisation'];
const CLUSTERS = 3;

/** @throws InputError TABLE_INVALID without a training patient, IMAGE_UNREADABLE for landmarks that do not rise */
export function fitLandmarks(
  patients: readonly BothSequences<readonly number[]>[],
  percentiles: readonly number[],
): Standardisation {
  if (patients.length === 0) {
    throw new InputError(
      'TABLE_INVALID',
      'No training patient could be prepared, so landmarks and habitats cannot be fitted: mend the failures, or give --artefacts of an earlier cohort.',
    );
  }
  const standard = forBoth((s) => trainStandardLandmarks(patients.map((patient) => patient[s])));
  for (const values of [standard.fsT2, standard.ceT1]) {
    if (values.every((value, i) => i === 0 || value > values[i - 1])) continue;
    throw new InputError(
      'IMAGE_UNREADABLE',
      `The standard landmarks of the training patients do not rise (${values.map((v) => v.toPrecision(4)).join(', ')}): leave percentiles out that fall together.`,
    );
  }
  return { percentiles: [...percentiles], standard };
}

/** A sample of the patient's tumour, standardised; the same for the same patient number and settings. */
export function sampleTumour(
  { images, landmarks, regions }: PreparedStudy,
  standardisation: Standardisation,
  training: HabitatTraining,
  patient: number,
): TumourVoxels {
  const { value } = standardiseByLandmarks(images, landmarks, standardisation, SILENT_RUN);
  const inside = forBoth((s) => value[s].data.filter((_, i) => regions.tumour.data[i] !== 0));
  return sampleVoxels(inside, training, patient);
}

/** @throws InputError MASK_TOO_SMALL when the tumours together have fewer voxels than habitats */
export function fitHabitats(
  samples: readonly TumourVoxels[],
  { names, minimumVoxels, training }: ExtractSettings['habitats'],
): Model['habitats'] {
  if (samples.reduce((sum, { ceT1 }) => sum + ceT1.length, 0) < CLUSTERS) {
    throw new InputError(
      'MASK_TOO_SMALL',
      'The training tumours together have too few voxels for three habitats: add patients.',
    );
  }
  return { ...trainHabitats(samples, training), names, minimumVoxels };
}

/**
 * A patient of a cohort as far as nothing has to be known of the other patients: the stages of the
 * chain up to the regions, and the landmarks that the standardisation will need.
 */
import type { Flag } from '../chain/analysis';
import type { BothSequences } from '../chain/bothSequences';
import { InputError } from '../chain/errors';
import { StageLog } from '../chain/stageLog';
import type { StageOutcome, StageWatcher } from '../chain/stageLog';
import type { Run } from '../chain/stage';
import { correctStudy } from '../chain/stages/biasField';
import type { Study } from '../chain/stages/read';
import { findRegions } from '../chain/stages/regions';
import { registerStudy } from '../chain/stages/register';
import { resampleStudy } from '../chain/stages/resample';
import type { ResampledStudy } from '../chain/stages/resample';
import { studyLandmarks } from '../chain/stages/standardise';
import { SEQUENCES } from '../model/schema';
import type { SequenceId } from '../model/schema';
import { SEQUENCE_LABELS } from '../dicom/seriesRoles';
import type { RegionSet } from '../regions/deriveRegions';
import type { RigidEngine } from '../register/engine';
import type { CohortPreprocessing } from './settings';

export interface PreparedStudy {
  readonly reference: SequenceId;
  /** On the analysis grid, as the regions. */
  readonly images: ResampledStudy['images'];
  readonly regions: Pick<RegionSet, 'tumour' | 'ring' | 'expansion'>;
  /** Of the whole series, one for each percentile of the settings. */
  readonly landmarks: BothSequences<readonly number[]>;
  readonly flags: readonly Flag[];
}

/** @throws InputError for a study that cannot be analysed. */
export async function prepareStudy(
  read: (run: Run) => Promise<StageOutcome<Study>>,
  preprocessing: CohortPreprocessing,
  engine: RigidEngine,
  watcher: StageWatcher,
): Promise<PreparedStudy> {
  const { registration, biasField, regions: settings, standardisation } = preprocessing;
  const log = new StageLog(watcher);
  const study = await log.run('read', read);
  const alignment = await log.run('register', (run) =>
    registerStudy(study, registration, engine, run),
  );
  const corrected = await log.run('biasField', (run) =>
    correctStudy(study, alignment, biasField, run),
  );
  const resampled = await log.run('resample', (run) =>
    resampleStudy(corrected, alignment, preprocessing, run),
  );
  requireWholeTumour(resampled);
  const { body, tumour, ring, expansion } = await log.run('regions', (run) =>
    findRegions(corrected, alignment, resampled, settings, run),
  );
  const { percentiles } = standardisation;
  const landmarks = await log.run('standardise', (run) => ({
    value: studyLandmarks(corrected, alignment, body, settings.ringWidthMm, percentiles, run),
    note: `${percentiles.length} landmarks`,
  }));
  requireScale(landmarks);
  return {
    reference: alignment.reference,
    images: resampled.images,
    regions: { tumour, ring, expansion },
    landmarks,
    flags: log.flags,
  };
}

/** A part of a tumour must teach the model nothing about tumours, and has no score. */
function requireWholeTumour({ tooMuchOutside }: ResampledStudy): void {
  if (tooMuchOutside !== null) throw new InputError('MASK_OUTSIDE', tooMuchOutside);
}

/** One such image would spoil the landmarks of the whole cohort. */
function requireScale(landmarks: PreparedStudy['landmarks']): void {
  for (const sequence of SEQUENCES) {
    const values = landmarks[sequence];
    if (values[values.length - 1] > values[0]) continue;
    throw new InputError(
      'IMAGE_UNREADABLE',
      `The ${SEQUENCE_LABELS[sequence]} series has the same value almost everywhere in the body, so it has no intensity scale: choose another series.`,
    );
  }
}

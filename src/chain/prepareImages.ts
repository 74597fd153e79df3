/**
 * From the registered series to intensities that can be compared. What is returned lies on the
 * analysis grid; the corrected series and their bodies, of several times its size, end here.
 */
import type { Model } from '../model/schema';
import type { StandardisedVolume } from '../standardise/standardiseIntensity';
import type { BothSequences } from './bothSequences';
import type { StageLog } from './stageLog';
import { correctStudy } from './stages/biasField';
import type { EarlyCorrection } from './stages/biasField';
import type { Study } from './stages/read';
import { findRegions } from './stages/regions';
import type { StudyRegions } from './stages/regions';
import type { Alignment } from './stages/register';
import { resampleStudy } from './stages/resample';
import type { ResampledStudy } from './stages/resample';
import { standardiseStudy } from './stages/standardise';

export interface PreparedImages {
  readonly resampled: ResampledStudy;
  readonly regions: Omit<StudyRegions, 'body'>;
  readonly standardised: BothSequences<StandardisedVolume>;
}

export async function prepareImages(
  study: Study,
  alignment: Alignment,
  preprocessing: Model['preprocessing'],
  early: EarlyCorrection,
  log: StageLog,
): Promise<PreparedImages> {
  const images = await log.run('biasField', (run) =>
    correctStudy(study, alignment, preprocessing.biasField, run, early),
  );
  const resampled = await log.run('resample', (run) =>
    resampleStudy(images, alignment, preprocessing, run),
  );
  const { body, ...regions } = await log.run('regions', (run) =>
    findRegions(images, alignment, resampled, preprocessing.regions, run, study.exclusions),
  );
  const standardised = await log.run('standardise', (run) =>
    standardiseStudy(images, alignment, { body }, resampled, preprocessing, run),
  );
  return { resampled, regions, standardised };
}

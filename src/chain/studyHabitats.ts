/**
 * Habitats of a study without features and score: the chain's stages from the registration to the
 * habitats, for images that come from elsewhere than DICOM.
 */
import type { HabitatMap } from '../habitats/clusterHabitats';
import type { Model } from '../model/schema';
import type { RigidEngine } from '../register/engine';
import type { LabelMap } from '../volume/volume';
import type { Flag, Provenance } from './analysis';
import type { BothSequences } from './bothSequences';
import { labelStudy } from './labelStudy';
import { StageLog } from './stageLog';
import type { StageOutcome, StageWatcher } from './stageLog';
import { correctEarly, correctStudy } from './stages/biasField';
import type { CorrectedImages } from './stages/biasField';
import { findHabitats } from './stages/habitats';
import type { Study } from './stages/read';
import { findRegions } from './stages/regions';
import type { StudyRegions } from './stages/regions';
import { registerStudy } from './stages/register';
import type { Alignment } from './stages/register';
import { resampleStudy } from './stages/resample';
import type { ResampledStudy } from './stages/resample';
import { standardiseByLandmarks, studyLandmarks } from './stages/standardise';

export interface HabitatOptions {
  /** Search the motion between the images; without it they are taken as registered. */
  readonly register: boolean;
  /** The images were corrected before; without it as the model says. */
  readonly corrected: boolean;
}

export interface StudyHabitats {
  /** Codes of `combineLabels`, on the grid of each series. */
  readonly labels: BothSequences<LabelMap>;
  /** On the analysis grid. */
  readonly habitats: HabitatMap;
  readonly regions: StudyRegions;
  readonly alignment: Alignment;
  readonly images: CorrectedImages;
  readonly resampled: ResampledStudy;
  readonly landmarks: BothSequences<readonly number[]>;
  readonly flags: readonly Flag[];
  readonly stages: Provenance['stages'];
}

/** @throws InputError for a study that cannot be analysed; the signal's reason when it was cancelled. */
export async function findStudyHabitats(
  read: () => StageOutcome<Study>,
  model: Pick<Model, 'preprocessing' | 'habitats'>,
  options: HabitatOptions,
  engine: RigidEngine,
  watcher: StageWatcher,
): Promise<StudyHabitats> {
  const { preprocessing } = model;
  const { regions: settings, standardisation } = preprocessing;
  const log = new StageLog(watcher);
  const study = await log.run('read', read);
  const chosen = options.register ? undefined : 'identity';
  const early = options.corrected ? null : correctEarly(study, preprocessing, watcher.signal);
  const alignment = await log.run('register', (run) => {
    const { registration } = preprocessing;
    return registerStudy(study, registration, early?.besides(engine) ?? engine, run, chosen);
  });
  const images = await log.run('biasField', (run) =>
    early ? correctStudy(study, alignment, preprocessing.biasField, run, early) : asTheyAre(study),
  );
  const resampled = await log.run('resample', (run) =>
    resampleStudy(images, alignment, preprocessing, run),
  );
  const regions = await log.run('regions', (run) =>
    findRegions(images, alignment, resampled, settings, run, study.exclusions),
  );
  const { percentiles } = standardisation;
  const margin = settings.ringWidthMm;
  const { landmarks, standardised } = await log.run('standardise', (run) => {
    const own = studyLandmarks(images, alignment, regions.body, margin, percentiles, run);
    const outcome = standardiseByLandmarks(resampled.images, own, standardisation, run);
    return { ...outcome, value: { landmarks: own, standardised: outcome.value } };
  });
  const habitats = await log.run('habitats', () =>
    findHabitats(standardised, regions.tumour, model.habitats),
  );
  const labels = labelStudy(study, alignment, resampled, regions, habitats);
  const { flags, stages } = log;
  return { labels, habitats, regions, alignment, images, resampled, landmarks, flags, stages };
}

function asTheyAre({ series }: Study): StageOutcome<CorrectedImages> {
  return {
    value: { fsT2: series.fsT2.volume, ceT1: series.ceT1.volume },
    applied: false,
    note: 'The images were corrected before, as the user says.',
  };
}

/** Habitats under small changes of contour and noise, as Dice of each habitat against the result. */
import { noiseSd, withNoise } from '../habitats/noise';
import { contourVariants, habitatDice } from '../habitats/stability';
import type { Model, SequenceId } from '../model/schema';
import type { Mask } from '../volume/volume';
import { forBoth } from './bothSequences';
import type { BothSequences } from './bothSequences';
import type { Run } from './stage';
import { findHabitats } from './stages/habitats';
import { resampleStudy } from './stages/resample';
import { standardiseByLandmarks } from './stages/standardise';
import type { StudyHabitats } from './studyHabitats';

export interface HabitatStability {
  readonly change: string;
  /** Habitats 1, 2, 3; null where neither map has the habitat. */
  readonly dice: readonly [number | null, number | null, number | null];
}

/** The same every time. */
const NOISE_SEED = 20261123;

/**
 * Registration, bias field and landmarks stay as they are; resampling (for the noise), standardisation
 * and habitats are repeated.
 */
export function habitatStability(
  { habitats, regions, alignment, images, resampled, landmarks }: StudyHabitats,
  model: Pick<Model, 'preprocessing' | 'habitats'>,
  run: Run,
): HabitatStability[] {
  const { standardisation } = model.preprocessing;
  const cluster = (from: typeof resampled.images, tumour: Mask) => {
    const { value } = standardiseByLandmarks(from, landmarks, standardisation, run);
    return findHabitats(value, tumour, model.habitats).value.labels;
  };
  const changed = contourVariants(regions.tumour, resampled.covered).map(({ name, tumour }) => ({
    change: name,
    dice: habitatDice(habitats.labels, cluster(resampled.images, tumour)),
  }));
  const sd = forBoth((sequence) => noiseSd(images[sequence], regions.body[sequence]));
  const noisy: typeof images = forBoth((sequence) =>
    withNoise(images[sequence], sd[sequence], NOISE_SEED + Number(sequence === 'ceT1')),
  );
  const again = resampleStudy(noisy, alignment, model.preprocessing, run).value;
  return [
    ...changed,
    {
      change: `noise once more (${describe(sd)})`,
      dice: habitatDice(habitats.labels, cluster(again.images, again.tumour)),
    },
  ];
}

function describe(sd: BothSequences<number>): string {
  const text = (sequence: SequenceId): string => sd[sequence].toPrecision(3);
  return `SD ${text('fsT2')} FS-T2WI, ${text('ceT1')} CE-T1WI`;
}

import { SEQUENCE_LABELS } from '../../dicom/seriesRoles';
import { SEQUENCES } from '../../model/schema';
import type { Model, SequenceId } from '../../model/schema';
import { landmarkDeviation, percentileLandmarks } from '../../standardise/landmarks';
import { standardiseIntensity } from '../../standardise/standardiseIntensity';
import type { StandardisedVolume } from '../../standardise/standardiseIntensity';
import type { Flag } from '../analysis';
import { InputError } from '../errors';
import { forBoth } from '../bothSequences';
import type { BothSequences } from '../bothSequences';
import type { Run } from '../stage';
import type { StageOutcome } from '../stageLog';
import { tumourSurroundings } from '../tumourSurroundings';
import type { Mask } from '../../volume/volume';
import type { CorrectedImages } from './biasField';
import type { StudyRegions } from './regions';
import type { Alignment } from './register';
import type { ResampledStudy } from './resample';

/** A landmark further than this part of the scale from the training's means another tissue mix. */
export const LARGE_DEVIATION = 0.2;
const MINIMUM_NORMAL_VOXELS = 1000;

/** The landmarks come from the whole image as acquired; the map is applied on the analysis grid. */
export function standardiseStudy(
  images: CorrectedImages,
  alignment: Alignment,
  { body }: Pick<StudyRegions, 'body'>,
  resampled: ResampledStudy,
  { standardisation, regions }: Pick<Model['preprocessing'], 'standardisation' | 'regions'>,
  run: Run,
): StageOutcome<BothSequences<StandardisedVolume>> {
  const { percentiles } = standardisation;
  const landmarks = studyLandmarks(images, alignment, body, regions.ringWidthMm, percentiles, run);
  run.report(0.7);
  return standardiseByLandmarks(resampled.images, landmarks, standardisation, run);
}

/** @param landmarks of the study, one for each percentile of the standardisation. */
export function standardiseByLandmarks(
  images: ResampledStudy['images'],
  landmarks: BothSequences<readonly number[]>,
  { percentiles, standard }: Model['preprocessing']['standardisation'],
  run: Run,
): StageOutcome<BothSequences<StandardisedVolume>> {
  const value = forBoth((sequence) =>
    standardiseIntensity(
      images[sequence],
      { image: landmarks[sequence], standard: standard[sequence] },
      run,
    ),
  );
  const deviation = forBoth((s) => landmarkDeviation(landmarks[s], standard[s]));
  const worst = SEQUENCES.map(
    (s) => `${SEQUENCE_LABELS[s]} ${(100 * deviation[s]).toFixed(0)} % of the scale`,
  );
  return {
    value,
    flags: SEQUENCES.flatMap((sequence) => deviationFlag(sequence, deviation[sequence])),
    note: `${percentiles.length} landmarks in the body outside the tumour's surroundings; largest distance from the training's: ${worst.join(', ')}`,
  };
}

/**
 * Percentiles of the body outside the tumour and its ring: the tumour's size and brightness must not
 * move the scale on which it is measured. (With the tumour left in, Dice of the simulated studies'
 * habitats falls from 0.6-0.9 to 0-0.8.)
 */
export function studyLandmarks(
  images: CorrectedImages,
  alignment: Alignment,
  body: BothSequences<Mask>,
  marginMm: number,
  percentiles: readonly number[],
  run: Run,
): BothSequences<number[]> {
  return forBoth((sequence) => {
    const { grid, data } = body[sequence];
    const near = tumourSurroundings(alignment, sequence, grid, marginMm, run);
    const normal = new Uint8Array(data.length);
    let count = 0;
    for (let i = 0; i < data.length; i++) count += normal[i] = data[i] & (1 - near.data[i]);
    // A crop so tight that nothing else is left: the tumour is then all there is to go by.
    const mask = { grid, data: count >= MINIMUM_NORMAL_VOXELS ? normal : data };
    if (!mask.data.includes(1)) throw noBody(sequence);
    return percentileLandmarks(images[sequence].data, mask, percentiles);
  });
}

function noBody(sequence: SequenceId): InputError {
  return new InputError(
    'IMAGE_UNREADABLE',
    `Neither series shows a body where the ${SEQUENCE_LABELS[sequence]} series lies, so its intensities have no scale: look at both series, and choose others.`,
  );
}

function deviationFlag(sequence: SequenceId, deviation: number): Flag[] {
  if (deviation <= LARGE_DEVIATION) return [];
  return [
    {
      code: 'STANDARDISATION_RANGE',
      stage: 'standardise',
      message: `The intensities of the ${SEQUENCE_LABELS[sequence]} series are distributed unlike those of the training (${(100 * deviation).toFixed(0)} % of the scale apart): another body part or field of view makes the habitats unreliable.`,
    },
  ];
}

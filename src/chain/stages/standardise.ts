import { SEQUENCE_LABELS } from '../../dicom/seriesRoles';
import { SEQUENCES } from '../../model/schema';
import type { Model, SequenceId } from '../../model/schema';
import { landmarkDeviation, percentileLandmarks } from '../../standardise/landmarks';
import { standardiseIntensity } from '../../standardise/standardiseIntensity';
import type { StandardisedVolume } from '../../standardise/standardiseIntensity';
import type { Flag } from '../analysis';
import { forBoth } from '../bothSequences';
import type { BothSequences } from '../bothSequences';
import type { Run } from '../stage';
import type { StageOutcome } from '../stageLog';
import type { CorrectedImages } from './biasField';
import type { StudyRegions } from './regions';
import type { ResampledStudy } from './resample';

/** A landmark further than this part of the scale from the training's means another tissue mix. */
export const LARGE_DEVIATION = 0.2;

/** The landmarks come from the whole body as acquired; the map is applied on the analysis grid. */
export function standardiseStudy(
  images: CorrectedImages,
  { body }: Pick<StudyRegions, 'body'>,
  resampled: ResampledStudy,
  { percentiles, standard }: Model['preprocessing']['standardisation'],
  run: Run,
): StageOutcome<BothSequences<StandardisedVolume>> {
  const landmarks = forBoth((sequence) =>
    percentileLandmarks(images[sequence].data, body[sequence], percentiles),
  );
  run.report(0.7);
  const value = forBoth((sequence) =>
    standardiseIntensity(
      resampled.images[sequence],
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
    note: `${percentiles.length} landmarks in the body; largest distance from the training's: ${worst.join(', ')}`,
  };
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

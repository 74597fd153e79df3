import { divideByField, estimateBiasField } from '../../biasField/correctBiasField';
import type { N4Settings } from '../../biasField/n4Settings';
import { assessBiasField } from '../../biasField/plausibility';
import { SEQUENCE_LABELS } from '../../dicom/seriesRoles';
import { SEQUENCES } from '../../model/schema';
import type { Model, SequenceId } from '../../model/schema';
import { bodyMask } from '../../regions/bodyMask';
import { expandMask } from '../../regions/expandMask';
import type { Mask, Samples, Volume } from '../../volume/volume';
import type { Flag } from '../analysis';
import type { BothSequences } from '../bothSequences';
import { HeadStart } from '../headStart';
import type { Run } from '../stage';
import type { StageOutcome } from '../stageLog';
import { SURROUNDINGS_MM, tumourSurroundings } from '../tumourSurroundings';
import type { Study } from './read';
import type { Alignment } from './register';

export type CorrectedImages = BothSequences<Volume<'native' | 'biasCorrected', Samples>>;

/** One series without its bias field, and what is odd about the field. */
interface CorrectedSeries {
  readonly image: CorrectedImages[SequenceId];
  readonly flags: readonly Flag[];
}

export type EarlyCorrection = HeadStart<CorrectedSeries>;

/** Of both series: with more, registration and N4 at the same time would hold too much memory. */
const MOST_VOXELS_AT_ONCE = 16e6;

/**
 * The reference series, whose masks need no registration, may be corrected while the registration
 * searches in another thread.
 */
export function correctEarly(
  { series, tumour }: Study,
  { biasField, registration: { reference } }: Model['preprocessing'],
  signal: AbortSignal,
): EarlyCorrection {
  const voxels = series.fsT2.volume.data.length + series.ceT1.volume.data.length;
  const canBegin =
    biasField.method === 'n4' && tumour.drawnOn === reference && voxels <= MOST_VOXELS_AT_ONCE;
  const around = (marginMm: number): Mask => expandMask(tumour.mask, marginMm);
  return new HeadStart(
    canBegin ? (run) => correctSeries(reference, series, around, biasField, run) : undefined,
    signal,
  );
}

export async function correctStudy(
  { series }: Study,
  alignment: Alignment,
  settings: Model['preprocessing']['biasField'],
  run: Run,
  early?: EarlyCorrection,
): Promise<StageOutcome<CorrectedImages>> {
  if (settings.method === 'none') {
    return {
      value: { fsT2: series.fsT2.volume, ceT1: series.ceT1.volume },
      applied: false,
      note: 'The model was trained without bias field correction.',
      flags: [
        {
          code: 'BIAS_FIELD_NOT_APPLIED',
          stage: 'biasField',
          message: 'No bias field correction was applied, as in the training of the model.',
        },
      ],
    };
  }
  const begun = early?.take();
  const correct = (sequence: SequenceId, from: number): Promise<CorrectedSeries> => {
    if (begun && sequence === alignment.reference) return begun.value;
    const { grid } = series[sequence].volume;
    const around = (marginMm: number): Mask =>
      tumourSurroundings(alignment, sequence, grid, marginMm, run);
    const half = part(run, from, SEQUENCE_LABELS[sequence]);
    return correctSeries(sequence, series, around, settings, half);
  };
  const fsT2 = await correct('fsT2', 0);
  const ceT1 = await correct('ceT1', 0.5);
  return {
    value: { fsT2: fsT2.image, ceT1: ceT1.image },
    flags: [...fsT2.flags, ...ceT1.flags],
    note: `N4 on ${SEQUENCES.map((s) => SEQUENCE_LABELS[s]).join(' and ')}; ${settings.iterations.length} levels of up to ${Math.max(...settings.iterations)} iterations, ${settings.controlPoints} control points, shrink ${settings.shrink.join(' x ')}`,
    ...(begun && { secondsBefore: begun.seconds }),
  };
}

/** @param around the tumour and so many millimetres around it, on the grid of the series. */
async function correctSeries(
  sequence: SequenceId,
  series: Study['series'],
  around: (marginMm: number) => Mask,
  settings: N4Settings,
  run: Run,
): Promise<CorrectedSeries> {
  const { volume } = series[sequence];
  const margin = settings.excludeTumourMarginMm;
  const field = await estimateBiasField(
    volume,
    settings,
    {
      series: SEQUENCE_LABELS[sequence],
      ...(margin === null ? {} : { exclude: around(margin) }),
    },
    run,
  );
  // Before the division, so that the assessment's own images and the corrected one do not add up.
  const body = bodyMask(volume, around(SURROUNDINGS_MM));
  const { warnings } = assessBiasField(field.logField, body, around(0));
  return {
    image: divideByField(volume, field.logField),
    flags: [
      ...warnings.map((warning) => ({
        code: 'BIAS_FIELD_IMPLAUSIBLE' as const,
        stage: 'biasField' as const,
        message: `${SEQUENCE_LABELS[sequence]}: ${warning}`,
      })),
      ...(field.withoutExcluded ? [brightTumourFlag(sequence)] : []),
    ],
  };
}

function brightTumourFlag(sequence: SequenceId): Flag {
  return {
    code: 'BRIGHT_TUMOUR',
    stage: 'biasField',
    message: `${SEQUENCE_LABELS[sequence]}: the tumour is so much brighter than the rest that body and air were told apart without it for the bias field.`,
  };
}

/** Half of the stage's progress. */
function part(run: Run, from: number, name: string): Run {
  return {
    signal: run.signal,
    report: (fraction, message) =>
      run.report(from + fraction / 2, message === undefined ? name : `${name}: ${message}`),
  };
}

import { correctBiasField } from '../../biasField/correctBiasField';
import { SEQUENCE_LABELS } from '../../dicom/seriesRoles';
import { SEQUENCES } from '../../model/schema';
import type { Model, SequenceId } from '../../model/schema';
import type { Samples, Volume } from '../../volume/volume';
import type { BothSequences } from '../bothSequences';
import type { Run } from '../stage';
import type { StageOutcome } from '../stageLog';
import { tumourSurroundings } from '../tumourSurroundings';
import type { Study } from './read';
import type { Alignment } from './register';

export type CorrectedImages = BothSequences<Volume<'native' | 'biasCorrected', Samples>>;

export async function correctStudy(
  { series }: Study,
  alignment: Alignment,
  settings: Model['preprocessing']['biasField'],
  run: Run,
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
  const corrected = async (
    sequence: SequenceId,
    from: number,
  ): Promise<CorrectedImages['fsT2']> => {
    const volume = series[sequence].volume;
    const margin = settings.excludeTumourMarginMm;
    const result = await correctBiasField(
      volume,
      settings,
      {
        series: SEQUENCE_LABELS[sequence],
        ...(margin === null
          ? {}
          : { exclude: tumourSurroundings(alignment, sequence, volume.grid, margin, run) }),
      },
      part(run, from, SEQUENCE_LABELS[sequence]),
    );
    return result.corrected;
  };
  const value = { fsT2: await corrected('fsT2', 0), ceT1: await corrected('ceT1', 0.5) };
  return {
    value,
    note: `N4 on ${SEQUENCES.map((s) => SEQUENCE_LABELS[s]).join(' and ')}; ${settings.iterations.length} levels of up to ${Math.max(...settings.iterations)} iterations, ${settings.controlPoints} control points, shrink ${settings.shrink.join(' x ')}`,
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

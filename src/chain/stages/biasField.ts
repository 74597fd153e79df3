import { correctBiasField } from '../../biasField/correctBiasField';
import type { N4Settings } from '../../biasField/correctBiasField';
import { assessBiasField } from '../../biasField/plausibility';
import { SEQUENCE_LABELS } from '../../dicom/seriesRoles';
import { SEQUENCES } from '../../model/schema';
import type { Model, SequenceId } from '../../model/schema';
import { bodyMask } from '../../regions/bodyMask';
import type { Mask, Samples, Volume } from '../../volume/volume';
import type { Flag } from '../analysis';
import type { BothSequences } from '../bothSequences';
import type { Run } from '../stage';
import type { StageOutcome } from '../stageLog';
import { tumourSurroundings } from '../tumourSurroundings';
import type { Study } from './read';
import type { Alignment } from './register';

export type CorrectedImages = BothSequences<Volume<'native' | 'biasCorrected', Samples>>;

export async function correctStudy(
  study: Study,
  alignment: Alignment,
  settings: Model['preprocessing']['biasField'],
  run: Run,
): Promise<StageOutcome<CorrectedImages>> {
  if (settings.method === 'none') {
    return {
      value: { fsT2: study.series.fsT2.volume, ceT1: study.series.ceT1.volume },
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
  const fsT2 = await correctSeries('fsT2', study, alignment, settings, part(run, 0, 'FS-T2WI'));
  const ceT1 = await correctSeries('ceT1', study, alignment, settings, part(run, 0.5, 'CE-T1WI'));
  return {
    value: { fsT2: fsT2.image, ceT1: ceT1.image },
    flags: [...fsT2.flags, ...ceT1.flags],
    note: `N4 on ${SEQUENCES.map((s) => SEQUENCE_LABELS[s]).join(' and ')}; ${settings.iterations.length} levels of up to ${Math.max(...settings.iterations)} iterations, ${settings.controlPoints} control points, shrink ${settings.shrink.join(' x ')}`,
  };
}

async function correctSeries(
  sequence: SequenceId,
  { series }: Study,
  alignment: Alignment,
  settings: N4Settings,
  run: Run,
): Promise<{ image: CorrectedImages[SequenceId]; flags: Flag[] }> {
  const { volume } = series[sequence];
  const around = (marginMm: number): Mask =>
    tumourSurroundings(alignment, sequence, volume.grid, marginMm, run);
  const margin = settings.excludeTumourMarginMm;
  const { corrected, field } = await correctBiasField(
    volume,
    settings,
    {
      series: SEQUENCE_LABELS[sequence],
      ...(margin === null ? {} : { exclude: around(margin) }),
    },
    run,
  );
  const { warnings } = assessBiasField(field.logField, bodyMask(volume), around(0));
  return {
    image: corrected,
    flags: warnings.map((warning) => ({
      code: 'BIAS_FIELD_IMPLAUSIBLE',
      stage: 'biasField',
      message: `${SEQUENCE_LABELS[sequence]}: ${warning}`,
    })),
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

import type { SequenceId } from '../model/schema';
import {
  hasContrast,
  isFatSuppressed,
  lowered,
  STIR_NAME,
  T1_MAX_ECHO_MS,
  T1_NAME,
  T2_MIN_ECHO_MS,
  T2_NAME,
  type SeriesDescriptor,
} from './sequenceSigns';
import { SEQUENCE_LABELS } from './seriesRoles';

/**
 * Why a series may be the wrong choice, in one sentence; null when nothing speaks against it. A
 * series that tells nothing of itself is not doubted: names and tags are the site's.
 */
export function roleDoubt(sequence: SequenceId, series: SeriesDescriptor): string | null {
  const doubt = sequence === 'fsT2' ? fsT2Doubt(series) : ceT1Doubt(series);
  if (doubt === null) return null;
  const name = series.description ? ` “${series.description}”` : '';
  return `The series${name} chosen as ${SEQUENCE_LABELS[sequence]} ${doubt}: check the choice.`;
}

function fsT2Doubt(series: SeriesDescriptor): string | null {
  const weighting = weightingOf(series);
  if (weighting === 'T1') return `looks T1-weighted${echo(series)}`;
  if (weighting === 'T2' && named(series, T2_NAME) && !isFatSuppressed(series)) {
    return 'shows no sign of fat suppression in its name and scan options';
  }
  return null;
}

function ceT1Doubt(series: SeriesDescriptor): string | null {
  const weighting = weightingOf(series);
  if (weighting === 'T2') return `looks T2-weighted${echo(series)}`;
  if (weighting === 'T1' && named(series, T1_NAME) && !hasContrast(series)) {
    return 'shows no sign of a contrast agent in its name and attributes';
  }
  return null;
}

/** The name decides; where it does not tell, the echo time. */
function weightingOf(series: SeriesDescriptor): 'T1' | 'T2' | null {
  const isT2 = named(series, T2_NAME) || named(series, STIR_NAME);
  const isT1 = named(series, T1_NAME);
  if (isT1 !== isT2) return isT1 ? 'T1' : 'T2';
  const { echoTimeMs } = series;
  if (echoTimeMs === undefined) return null;
  if (echoTimeMs >= T2_MIN_ECHO_MS) return 'T2';
  return echoTimeMs < T1_MAX_ECHO_MS ? 'T1' : null;
}

function named(series: SeriesDescriptor, name: RegExp): boolean {
  return name.test(lowered(series));
}

function echo({ echoTimeMs }: SeriesDescriptor): string {
  return echoTimeMs === undefined ? '' : ` (echo time ${Number(echoTimeMs.toFixed(1))} ms)`;
}

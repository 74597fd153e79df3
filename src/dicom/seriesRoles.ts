import { InputError } from '../chain/errors';
import type { SequenceId } from '../model/schema';
import {
  hasContrast,
  isFatSuppressed,
  lowered,
  OTHER_NAME,
  STIR_NAME,
  T1_MAX_ECHO_MS,
  T1_MAX_REPETITION_MS,
  T1_NAME,
  T2_MIN_ECHO_MS,
  T2_MIN_REPETITION_MS,
  T2_NAME,
  type SeriesDescriptor,
} from './sequenceSigns';

export const SEQUENCE_LABELS: Readonly<Record<SequenceId, string>> = {
  fsT2: 'FS-T2WI',
  ceT1: 'CE-T1WI',
};

export type SeriesRoles = Readonly<Record<SequenceId, string | null>>;

/** How well a series fits FS-T2WI; negative: not at all. Points are only compared with one another. */
function fsT2Score(series: SeriesDescriptor): number {
  const name = lowered(series);
  let score = 0;
  if (T2_NAME.test(name) || STIR_NAME.test(name)) score += 3;
  if (T1_NAME.test(name) && !T2_NAME.test(name)) score -= 4;
  const { echoTimeMs: echo, repetitionTimeMs: repetition } = series;
  if (echo !== undefined) {
    score += echo >= T2_MIN_ECHO_MS ? 2 : echo < T1_MAX_ECHO_MS && !STIR_NAME.test(name) ? -2 : 0;
  }
  if (repetition !== undefined) score += repetition >= T2_MIN_REPETITION_MS ? 1 : -2;
  if (score > 0 && isFatSuppressed(series, name)) score += 3;
  if (hasContrast(series, name)) score -= 1;
  return penalised(series, name, score);
}

function ceT1Score(series: SeriesDescriptor): number {
  const name = lowered(series);
  let score = 0;
  if (T1_NAME.test(name)) score += 3;
  if (T2_NAME.test(name) || STIR_NAME.test(name)) score -= 4;
  const { echoTimeMs: echo, repetitionTimeMs: repetition } = series;
  if (echo !== undefined) score += echo <= T1_MAX_ECHO_MS ? 2 : -3;
  if (repetition !== undefined) score += repetition <= T1_MAX_REPETITION_MS ? 1 : -2;
  if (score > 0) score += hasContrast(series, name) ? 4 : -3;
  return penalised(series, name, score);
}

function penalised(series: SeriesDescriptor, name: string, score: number): number {
  if (series.modality !== 'MR') return -Infinity;
  if (series.images < 3) return -Infinity;
  const derived = (series.imageType ?? []).some((value) =>
    /^(ADC|SUBTRACT|MIP|PROJECTION)/i.test(value),
  );
  return OTHER_NAME.test(name) || derived ? score - 6 : score;
}

function best(
  series: readonly SeriesDescriptor[],
  score: (candidate: SeriesDescriptor) => number,
): string | null {
  let winner: SeriesDescriptor | null = null;
  let winning = 0;
  for (const candidate of series) {
    const points = score(candidate);
    // Of equally good series the one with more images is the full acquisition.
    if (points > winning || (points === winning && winner && candidate.images > winner.images)) {
      winner = candidate;
      winning = points;
    }
  }
  return winner?.seriesInstanceUid ?? null;
}

/**
 * Guesses which series is FS-T2WI and which CE-T1WI, from the description, echo and repetition
 * times, scan options and contrast agent. null: no series fits, the user has to choose.
 */
export function guessSeriesRoles(series: readonly SeriesDescriptor[]): SeriesRoles {
  const fsT2 = best(series, fsT2Score);
  const ceT1 = best(
    series.filter((candidate) => candidate.seriesInstanceUid !== fsT2),
    ceT1Score,
  );
  return { fsT2, ceT1 };
}

/**
 * Refuses roles that cannot be right, before anything is fetched.
 * @throws InputError SERIES_MISSING, SERIES_ROLE
 */
export function requireSeriesRoles(
  roles: SeriesRoles,
  series: readonly SeriesDescriptor[],
): Record<SequenceId, string> {
  const fsT2 = requireMrSeries('fsT2', roles.fsT2, series);
  const ceT1 = requireMrSeries('ceT1', roles.ceT1, series);
  if (fsT2 === ceT1) {
    throw new InputError(
      'SERIES_ROLE',
      'The same series is chosen as FS-T2WI and as CE-T1WI: choose two different series.',
    );
  }
  return { fsT2, ceT1 };
}

function requireMrSeries(
  sequence: SequenceId,
  uid: string | null,
  series: readonly SeriesDescriptor[],
): string {
  const label = SEQUENCE_LABELS[sequence];
  if (uid === null) {
    throw new InputError(
      'SERIES_MISSING',
      `No ${label} series is chosen: choose one of the study's MR series; the method needs both FS-T2WI and CE-T1WI.`,
    );
  }
  const chosen = series.find((candidate) => candidate.seriesInstanceUid === uid);
  if (!chosen) {
    throw new InputError(
      'SERIES_MISSING',
      `The ${label} series ${uid} is not in this study: choose one that is.`,
    );
  }
  if (chosen.modality !== 'MR') {
    throw new InputError(
      'SERIES_ROLE',
      `The series “${chosen.description}” is ${chosen.modality}, not MR: choose an MR series as ${label}.`,
    );
  }
  return uid;
}

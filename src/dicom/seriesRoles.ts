import { InputError } from '../chain/errors';
import type { SequenceId } from '../model/schema';

/** What is known of a series before its images are read (QIDO-RS or the viewer's display sets). */
export interface SeriesDescriptor {
  readonly seriesInstanceUid: string;
  readonly modality: string;
  readonly description: string;
  readonly images: number;
  readonly echoTimeMs?: number;
  readonly repetitionTimeMs?: number;
  readonly inversionTimeMs?: number;
  /** Contrast/Bolus Agent (0018,0010), when present. */
  readonly contrastAgent?: string;
  /** Scan Options (0018,0022), for example `FS`. */
  readonly scanOptions?: readonly string[];
  readonly imageType?: readonly string[];
}

export const SEQUENCE_LABELS: Readonly<Record<SequenceId, string>> = {
  fsT2: 'FS-T2WI',
  ceT1: 'CE-T1WI',
};

export type SeriesRoles = Readonly<Record<SequenceId, string | null>>;

const FAT_SUPPRESSED =
  /(\bfs\b|fat[\s_-]?(sat|sup)|spair|spir|stir|tirm|_fs|fs_|\bfsat|chemsat|dixon[\s_-]*w|\bwater\b|ideal|\bmdixon)/;
const T2_NAME = /(^|[^a-z0-9])(t2|pd)/;
const STIR_NAME = /(stir|tirm)/;
const T1_NAME = /(^|[^a-z0-9])(t1|vibe|thrive|lava|flash|mprage|bravo|dixon)/;
const CONTRAST_NAME =
  /(\+\s*(gd|c|km|gad)|\bgd\b|\bgad|\bce\b|\bc\+|post|contrast|\bkm\b|\bmit\b|enhanced|delayed|dotarem|gadovist)/;
const PRE_CONTRAST_NAME =
  /(\bpre\b|pre[\s_-]?(contrast|gd|c\b)|without|nativ|\bunenh|non[\s_-]?contrast)/;
const OTHER_NAME =
  /(loc(ali[sz]er)?\b|scout|survey|\badc\b|dwi|diff|\bep2d|trace|perf|\bdce\b|\bsub(traction)?\b|\bmip\b|t2\*|t2star|calib|shim|phase)/;

/** Echo and repetition times below which a spin echo is T1-weighted, above which it is T2-weighted. */
const T1_MAX_ECHO_MS = 30;
const T1_MAX_REPETITION_MS = 1200;
const T2_MIN_ECHO_MS = 45;
const T2_MIN_REPETITION_MS = 1500;

function lowered(series: SeriesDescriptor): string {
  return series.description.toLowerCase().replaceAll('_', ' ');
}

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

function isFatSuppressed(series: SeriesDescriptor, name: string): boolean {
  return (
    FAT_SUPPRESSED.test(name) ||
    (series.scanOptions ?? []).some((option) => /^(FS|SFS|FATSAT)/i.test(option))
  );
}

function hasContrast(series: SeriesDescriptor, name: string): boolean {
  if (PRE_CONTRAST_NAME.test(name)) return false;
  const agent = series.contrastAgent?.trim().toLowerCase() ?? '';
  const agentGiven = agent !== '' && !['no', 'none', 'n', 'without'].includes(agent);
  return agentGiven || CONTRAST_NAME.test(name);
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

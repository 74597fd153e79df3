/** What name, times and tags of an MR series tell of its weighting, fat suppression and contrast. */

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

const FAT_SUPPRESSED =
  /(\bfs\b|fat[\s_-]?(sat|sup)|spair|spir|stir|tirm|_fs|fs_|\bfsat|chemsat|dixon[\s_-]*w|\bwater\b|ideal|\bmdixon)/;
export const T2_NAME = /(^|[^a-z0-9])(t2|pd)/;
export const STIR_NAME = /(stir|tirm)/;
export const T1_NAME = /(^|[^a-z0-9])(t1|vibe|thrive|lava|flash|mprage|bravo|dixon)/;
const CONTRAST_NAME =
  /(\+\s*(gd|c|km|gad)|\bgd\b|\bgad|\bce\b|\bc\+|post|contrast|\bkm\b|\bmit\b|enhanced|delayed|dotarem|gadovist)/;
const PRE_CONTRAST_NAME =
  /(\bpre\b|pre[\s_-]?(contrast|gd|c\b)|without|nativ|\bunenh|non[\s_-]?contrast)/;
export const OTHER_NAME =
  /(loc(ali[sz]er)?\b|scout|survey|\badc\b|dwi|diff|\bep2d|trace|perf|\bdce\b|\bsub(traction)?\b|\bmip\b|t2\*|t2star|calib|shim|phase)/;

/** Echo and repetition times below which a spin echo is T1-weighted, above which it is T2-weighted. */
export const T1_MAX_ECHO_MS = 30;
export const T1_MAX_REPETITION_MS = 1200;
export const T2_MIN_ECHO_MS = 45;
export const T2_MIN_REPETITION_MS = 1500;

export function lowered(series: SeriesDescriptor): string {
  return series.description.toLowerCase().replaceAll('_', ' ');
}

export function isFatSuppressed(series: SeriesDescriptor, name = lowered(series)): boolean {
  return (
    FAT_SUPPRESSED.test(name) ||
    (series.scanOptions ?? []).some((option) => /^(FS|SFS|FATSAT)/i.test(option))
  );
}

export function hasContrast(series: SeriesDescriptor, name = lowered(series)): boolean {
  if (PRE_CONTRAST_NAME.test(name)) return false;
  const agent = series.contrastAgent?.trim().toLowerCase() ?? '';
  const agentGiven = agent !== '' && !['no', 'none', 'n', 'without'].includes(agent);
  return agentGiven || CONTRAST_NAME.test(name);
}

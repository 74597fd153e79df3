/** What the study list knows of a study. */
export interface StudyRow {
  /** Modalities in Study, separated by a backslash. */
  readonly modalities: string;
}

export interface Validity {
  readonly valid: boolean;
  /** Shown beside the disabled button of the study list. */
  readonly description: string;
}

/**
 * The study list knows modalities but not sequences, so every MR study may be opened; whether both
 * sequences are there is said by the panel.
 */
export function modeValidity({ modalities }: StudyRow): Validity {
  const list = modalities.split(/[\\/]/).map((modality) => modality.trim());
  if (list.includes('MR')) {
    return { valid: true, description: 'Habitats need an FS-T2WI and a CE-T1WI series.' };
  }
  const found = list.filter(Boolean).join(', ') || 'no images';
  return {
    valid: false,
    description: `STS habitat needs an MR study with an FS-T2WI and a CE-T1WI series; this study holds ${found}.`,
  };
}

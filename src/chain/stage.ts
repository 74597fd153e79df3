/** The stages of the chain, in the order in which the panel lists them. */
export const STAGES = [
  { id: 'read', label: 'Read images and tumour' },
  { id: 'register', label: 'Register CE-T1WI to FS-T2WI' },
  { id: 'biasField', label: 'Bias field correction (N4)' },
  { id: 'resample', label: 'Resample' },
  { id: 'regions', label: 'Tumour, ring and expansion' },
  { id: 'standardise', label: 'Standardise intensities' },
  { id: 'habitats', label: 'Habitats' },
  { id: 'features', label: 'Radiomics features' },
  { id: 'harmonise', label: 'Harmonise (ComBat)' },
  { id: 'score', label: 'RPRS and risk' },
  { id: 'objects', label: 'Build SEG and SR' },
] as const;

export type StageId = (typeof STAGES)[number]['id'];

export type StageState =
  | { readonly state: 'waiting' }
  | { readonly state: 'running'; readonly fraction: number; readonly message?: string }
  | { readonly state: 'done'; readonly seconds: number; readonly note?: string }
  | { readonly state: 'notApplied'; readonly reason: string }
  | { readonly state: 'failed'; readonly reason: string };

export interface StageReport {
  readonly stage: StageId;
  readonly state: StageState;
}

/** What a running stage may use of its surroundings. */
export interface Run {
  /** Aborted by Cancel; long loops call `signal.throwIfAborted()` between chunks. */
  readonly signal: AbortSignal;
  /** Progress of the current stage, 0 to 1. */
  report(fraction: number, message?: string): void;
}

/** A run nobody watches, for tests and one-shot commands. */
export const SILENT_RUN: Run = {
  signal: new AbortController().signal,
  report: () => undefined,
};

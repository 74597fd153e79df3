/**
 * A refused input. `message` is one sentence a radiologist can act on: what is wrong, in which
 * series or file, and what to do. Programming errors are plain `Error`s and are never shown as
 * if they were the user's fault.
 */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(
    readonly code: InputErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** Stable names for scripts (`--json`) and tests; the sentence may change, the code may not. */
export type InputErrorCode =
  | 'SERIES_MISSING'
  | 'SERIES_ROLE'
  | 'PATIENT_MISMATCH'
  | 'FRAME_OF_REFERENCE'
  | 'IMAGE_UNREADABLE'
  | 'IMAGE_GEOMETRY'
  | 'SLICE_MISSING'
  | 'MASK_EMPTY'
  | 'MASK_OUTSIDE'
  | 'MASK_TOO_SMALL'
  | 'MASK_GRID'
  | 'MASK_UNREADABLE'
  | 'FEATURE_UNKNOWN'
  | 'FEATURE_NOT_EVALUABLE'
  | 'SETTING_UNSUPPORTED'
  | 'MODEL_INVALID'
  | 'MODEL_VERSION'
  | 'AGE_MISSING'
  | 'REGISTRATION_FAILED'
  | 'FILE_UNREADABLE'
  | 'TABLE_INVALID'
  | 'MODEL_FIT'
  | 'ARCHIVE_REFUSED'
  | 'ARCHIVE_UNREACHABLE'
  | 'ARCHIVE_MISMATCH'
  | 'REPORT_UNREADABLE';

export function isInputError(error: unknown): error is InputError {
  return error instanceof InputError;
}

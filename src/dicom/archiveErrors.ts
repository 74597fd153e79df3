import { InputError } from '../chain/errors';
import { AnswerError, ConnectionError, SilenceError } from './fetchRequest';

/** What was asked of the archive, for the sentences. */
export type ArchiveAction = 'search' | 'read' | 'store';

const DOING: Readonly<Record<ArchiveAction, string>> = {
  search: 'search the archive',
  read: 'read from the archive',
  store: 'store in the archive',
};

/**
 * One sentence for every way in which an archive can fail. It names no address, header or patient.
 * An abort is passed on as it is: the user asked for it.
 */
export function archiveError(error: unknown, action: ArchiveAction, signal?: AbortSignal): unknown {
  if (error instanceof InputError || signal?.aborted) return error;
  const status = statusOf(error);
  if (status !== undefined && status > 0) return statusError(status, action, error);
  if (error instanceof SilenceError) {
    return unreachable(action, 'it did not answer in time; try again, or check the network', error);
  }
  if (error instanceof AnswerError) {
    return new InputError(
      'ARCHIVE_REFUSED',
      `Could not ${DOING[action]}: it answered with something other than DICOM, such as a sign-in page; sign in again, then retry.`,
      { cause: error },
    );
  }
  if (error instanceof ConnectionError) {
    return unreachable(
      action,
      'the connection failed or was lost; check the network and that the archive is running, then retry',
      error,
    );
  }
  return error;
}

function unreachable(action: ArchiveAction, why: string, cause: unknown): InputError {
  return new InputError('ARCHIVE_UNREACHABLE', `Could not ${DOING[action]}: ${why}.`, { cause });
}

const UNAVAILABLE: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

function statusError(status: number, action: ArchiveAction, cause: unknown): InputError {
  const code = UNAVAILABLE.has(status) ? 'ARCHIVE_UNREACHABLE' : 'ARCHIVE_REFUSED';
  return new InputError(
    code,
    `Could not ${DOING[action]}: ${meaning(status, action)} (HTTP ${status}).`,
    { cause },
  );
}

function meaning(status: number, action: ArchiveAction): string {
  switch (status) {
    case 400:
      return 'it did not understand the request';
    case 401:
      return 'it asks for a sign-in; sign in again in the viewer, then retry';
    case 403:
      return `your account may not ${action === 'store' ? 'store' : 'read'} there; ask the archive's administrator`;
    case 404:
      return action === 'store'
        ? 'it has no address for storing; it is read-only, or its DICOMweb address is wrong'
        : 'it does not have what was asked for; the study may have been deleted or its DICOMweb address is wrong';
    case 405:
    case 501:
      return 'it does not offer this';
    case 409:
      return 'it refused the object as in conflict with what it holds';
    case 413:
      return 'the object is larger than it accepts; ask its administrator to raise the limit';
    case 415:
      return 'it does not accept this kind of object';
    case 503:
      return 'it is busy or being serviced; try again in a minute';
    case 507:
      return 'it has no space left; ask its administrator';
    default:
      if (UNAVAILABLE.has(status)) return 'it is not available now; try again in a minute';
      return status >= 500
        ? 'it reports an internal error; try again, or ask its administrator'
        : 'it refused the request';
  }
}

/** dicomweb-client puts the HTTP status on its errors. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

import type { DicomObject } from '../chain/analysis';
import { InputError } from '../chain/errors';
import type { Archive } from './archive';
import { statusOf } from './archiveErrors';
import { text } from './attributes';
import { parseInstance } from './instance';
import { requireSameContent } from './sameContent';

export type StoreStep = 'sending' | 'sent' | 'readBack' | 'verified' | 'failed';

/** `reason` comes with `failed`: a sentence. */
export type OnStoreStep = (object: DicomObject, step: StoreStep, reason?: string) => void;

/**
 * Stores objects one by one, SEG before the SR that refers to it, and says `verified` only for what
 * was read back and compared. UIDs are fixed in the objects and what is there already is not sent
 * again, so a retry after any failure ends with one of each.
 * Stops at the first failure: an SR must not be stored without its SEG. At the end everything is looked
 * for once more, because somebody may have deleted the study meanwhile.
 * @throws InputError of the archive, or ARCHIVE_MISMATCH when it gives back something else.
 */
export async function storeAndVerify(
  archive: Archive,
  objects: readonly DicomObject[],
  onStep: OnStoreStep,
  signal?: AbortSignal,
): Promise<void> {
  const ordered = [...objects].sort((a, b) => rank(a) - rank(b));
  for (const object of ordered) {
    try {
      await storeOne(archive, object, (step) => onStep(object, step), signal);
    } catch (error) {
      onStep(object, 'failed', error instanceof Error ? error.message : String(error));
      throw error;
    }
  }
  // The last one has just been read back.
  for (const object of ordered.slice(0, -1))
    await requireStillThere(archive, object, onStep, signal);
}

async function requireStillThere(
  archive: Archive,
  object: DicomObject,
  onStep: OnStoreStep,
  signal?: AbortSignal,
): Promise<void> {
  if (await isStored(archive, object, signal)) return;
  const sentence = `The ${object.kind} is gone from the archive again, as if the study had been deleted while the results were being stored; check that the study is there, then store again.`;
  onStep(object, 'failed', sentence);
  throw new InputError('ARCHIVE_MISMATCH', sentence);
}

function rank({ kind }: DicomObject): number {
  return kind === 'SEG' ? 0 : 1;
}

async function storeOne(
  archive: Archive,
  object: DicomObject,
  onStep: (step: StoreStep) => void,
  signal?: AbortSignal,
): Promise<void> {
  onStep('sending');
  if (!(await isStored(archive, object, signal))) await send(archive, object, signal);
  onStep('sent');
  const stored = await archive.retrieveInstance(
    object.studyInstanceUid,
    object.seriesInstanceUid,
    object.sopInstanceUid,
    signal,
  );
  onStep('readBack');
  requireSameContent(object, parseInstance(stored, `The stored ${object.kind}`));
  onStep('verified');
}

/** The answer to a request that was carried out may be lost: then the archive has the object. */
async function send(archive: Archive, object: DicomObject, signal?: AbortSignal): Promise<void> {
  try {
    await archive.store([object], signal);
  } catch (error) {
    const lost = error instanceof InputError && error.code === 'ARCHIVE_UNREACHABLE';
    if (!lost || signal?.aborted) throw error;
    if (!(await isStored(archive, object, signal).catch(() => false))) throw error;
  }
}

async function isStored(
  archive: Archive,
  object: DicomObject,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    const found = await archive.searchInstances(
      object.studyInstanceUid,
      object.seriesInstanceUid,
      { SOPInstanceUID: object.sopInstanceUid },
      signal,
    );
    // Archives that ignore the query answer with the whole series.
    return found.some((item) => text(item, 'SOPInstanceUID') === object.sopInstanceUid);
  } catch (error) {
    // Some archives answer 404 for a series that they do not have yet.
    if (error instanceof InputError && statusOf(error.cause) === 404) return false;
    throw error;
  }
}

import type { RenewHeaders } from '../../../src/chain/studySource';
import type { DicomwebAccess } from './dicomweb';

const BOUNDARY = 'sts-habitat-asks';
/** A multipart without a part: there is nothing in it that could be stored. */
const EMPTY_MULTIPART = `--${BOUNDARY}--\r\n`;

const READ_ONLY: Readonly<Record<number, string>> = {
  403: 'your account may not store in this archive',
  404: 'this archive has no address for storing',
  405: 'this archive is read-only',
  501: 'this archive is read-only',
};

/**
 * Asks the archive whether it takes objects, before anybody has worked for nothing. Most archives answer
 * an empty request with 400, some with 200 or 415; whatever is not a clear no counts as yes, and storing
 * tells the rest.
 * @returns a sentence, or null
 */
export async function storeRefusal(
  { root, headers, supportsStow }: DicomwebAccess,
  renewHeaders: RenewHeaders,
): Promise<string | null> {
  if (supportsStow === false) {
    return sentence('the viewer is set up not to store in this archive (supportsStow)');
  }
  const first = await ask(root, headers);
  const other = first === 401 ? await renewHeaders(headers) : null;
  const status = other ? await ask(root, other) : first;
  const why = status === null ? undefined : READ_ONLY[status];
  return why === undefined ? null : sentence(why);
}

function sentence(why: string): string {
  return `Results cannot be stored here: ${why}; download them instead, or ask the archive's administrator.`;
}

/** null without an answer: the network says nothing about the archive. */
async function ask(root: string, headers: DicomwebAccess['headers']): Promise<number | null> {
  try {
    const { status } = await fetch(`${root}/studies`, {
      method: 'POST',
      headers: {
        ...headers,
        Accept: 'application/dicom+json',
        'Content-Type': `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
      },
      body: EMPTY_MULTIPART,
    });
    return status;
  } catch {
    return null;
  }
}

import { InputError } from '../chain/errors';
import { text } from './attributes';
import { inspectFile } from './completeness';
import type { OpaqueElement } from './completeness';
import { readPart10 } from './dcmjsFacade';
import type { DicomDataset } from './series';

/** One DICOM object as it was received. */
export interface DicomInstance {
  readonly dataset: DicomDataset;
  readonly transferSyntaxUid: string;
  readonly part10: ArrayBuffer;
}

/**
 * @param part10 A Part 10 file. It is not copied: keep it unchanged while the instance is in use.
 * @param name What to call the file in a refusal, e.g. its file name.
 * @throws InputError FILE_UNREADABLE when it is not DICOM, or cut off.
 */
export function parseInstance(part10: ArrayBuffer, name = 'One file'): DicomInstance {
  const { dataset, transferSyntaxUid } = read(part10, name);
  if (!text(dataset, 'SOPClassUID') || !text(dataset, 'SOPInstanceUID')) {
    throw new InputError(
      'FILE_UNREADABLE',
      `${name} is a DICOM file without a SOP Class or SOP Instance UID; export it again from the archive.`,
    );
  }
  return { dataset, transferSyntaxUid, part10 };
}

function read(part10: ArrayBuffer, name: string): ReturnType<typeof readPart10> {
  const found = inspectFile(part10);
  if (typeof found === 'string') {
    throw new InputError('FILE_UNREADABLE', `${name} ${found}; export it again from the archive.`);
  }
  try {
    return readPart10(withKnownLengths(part10, found));
  } catch (cause) {
    throw new InputError(
      'FILE_UNREADABLE',
      `${name} (${part10.byteLength} bytes) is a DICOM file that cannot be read; export it again from the archive.`,
      { cause },
    );
  }
}

/**
 * Converters write private sequences whose VR they do not know as UN of undefined length (PS3.5
 * 6.2.2), which dcmjs cannot read. With a length they are values that nobody looks into.
 */
function withKnownLengths(part10: ArrayBuffer, opaque: readonly OpaqueElement[]): ArrayBuffer {
  if (opaque.length === 0) return part10;
  const copy = part10.slice(0);
  const view = new DataView(copy);
  for (const { lengthAt, length } of opaque) view.setUint32(lengthAt, length, true);
  return copy;
}

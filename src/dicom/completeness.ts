import { inflateSync } from 'fflate';
import {
  CutOff,
  EXPLICIT,
  FRAGMENTS,
  IMPLICIT_IN_UN,
  ITEM_END,
  SEQUENCE_END,
  UNDEFINED_LENGTH,
  readElement,
  readItemHead,
  readTag,
} from './elementHeads';
import type { Element, Encoding } from './elementHeads';
import { BIG_ENDIAN, DEFLATED_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from './transferSyntaxes';

/**
 * Whether a Part 10 file is all there. dcmjs allocates the declared length of a value and leaves
 * zeros where the file ends before it, so a file that was cut off in its pixel data would be read
 * as an image with a black part. Here the elements are walked by their lengths (PS3.5 7.1, 7.5)
 * without reading values. Private elements that dcmjs cannot read are found on the way. A file cut
 * exactly between two elements cannot be told from a whole one; then an attribute is missing, which its
 * reader says.
 */

const MEDIA_STORAGE_CLASS = 0x00020002;
const TRANSFER_SYNTAX = 0x00020010;
const MEDIA_DIRECTORY = '1.2.840.10008.1.3.10';

/** A private element of VR UN and undefined length: where its length stands, and what it should be. */
export interface OpaqueElement {
  readonly lengthAt: number;
  readonly length: number;
}

/** What is wrong with a file as the rest of a sentence that starts with its name; or what is special. */
export function inspectFile(file: ArrayBuffer): string | readonly OpaqueElement[] {
  if (file.byteLength === 0) return 'is empty';
  if (!hasDicomMark(file)) {
    return new Uint8Array(file).every((byte) => byte === 0)
      ? 'holds nothing but zeros'
      : 'is not a DICOM file';
  }
  try {
    const view = new DataView(file);
    const { end, transferSyntaxUid } = readMeta(view);
    return walkDataset(view, end, transferSyntaxUid);
  } catch (error) {
    if (error instanceof CutOff) return error.message;
    throw error;
  }
}

/** A file without it is not a DICOM file (PS3.10 7.1). */
export function hasDicomMark(file: ArrayBuffer): boolean {
  const mark = new Uint8Array(file, 0, Math.min(132, file.byteLength)).subarray(128);
  return String.fromCharCode(...mark) === 'DICM';
}

/** A DICOMDIR, under whatever name: it lists files and is no object itself (PS3.3 F). */
export function isMediaDirectory(file: ArrayBuffer): boolean {
  if (!hasDicomMark(file)) return false;
  try {
    return readMeta(new DataView(file)).mediaStorageClassUid === MEDIA_DIRECTORY;
  } catch (error) {
    if (error instanceof CutOff) return false;
    throw error;
  }
}

interface FileMeta {
  readonly end: number;
  readonly transferSyntaxUid: string;
  readonly mediaStorageClassUid: string;
}

function readMeta(view: DataView): FileMeta {
  let offset = 132;
  const uids = new Map<number, string>();
  while (offset + 2 <= view.byteLength && view.getUint16(offset, true) === 2) {
    const { tag, value, length } = readElement(view, offset, EXPLICIT);
    if (tag === TRANSFER_SYNTAX || tag === MEDIA_STORAGE_CLASS) {
      const text = String.fromCharCode(...new Uint8Array(view.buffer, value, length));
      uids.set(tag, text.replace(/[\0 ]+$/, ''));
    }
    offset = value + length;
  }
  return {
    end: offset,
    transferSyntaxUid: uids.get(TRANSFER_SYNTAX) ?? '',
    mediaStorageClassUid: uids.get(MEDIA_STORAGE_CLASS) ?? '',
  };
}

function walkDataset(
  view: DataView,
  start: number,
  transferSyntaxUid: string,
): readonly OpaqueElement[] {
  if (start >= view.byteLength) throw new CutOff('is cut off after its file header');
  const opaque: OpaqueElement[] = [];
  if (transferSyntaxUid === DEFLATED_LITTLE_ENDIAN) {
    const dataset = new DataView(inflate(view, start));
    walkElements(dataset, 0, dataset.byteLength, EXPLICIT, []);
    return opaque;
  }
  const encoding = {
    implicit: transferSyntaxUid === IMPLICIT_LITTLE_ENDIAN,
    littleEndian: transferSyntaxUid !== BIG_ENDIAN,
  };
  walkElements(view, start, view.byteLength, encoding, opaque);
  return opaque;
}

function inflate(view: DataView, start: number): ArrayBuffer {
  try {
    return new Uint8Array(inflateSync(new Uint8Array(view.buffer, start))).buffer;
  } catch (cause) {
    throw new CutOff('is cut off or damaged: its deflated part cannot be unpacked', { cause });
  }
}

function walkElements(
  view: DataView,
  start: number,
  end: number,
  encoding: Encoding,
  opaque: OpaqueElement[],
): void {
  let offset = start;
  while (offset < end) offset = endOf(view, readElement(view, offset, encoding), opaque);
}

function endOf(view: DataView, element: Element, opaque: OpaqueElement[]): number {
  if (element.length !== UNDEFINED_LENGTH) {
    const end = element.value + element.length;
    if (element.isSequence) walkItems(view, element, end, opaque);
    return end;
  }
  const end = walkItems(view, element, Infinity, opaque);
  if (element.inner === IMPLICIT_IN_UN && isPrivate(element.tag))
    opaque.push({ lengthAt: element.value - 4, length: end - element.value });
  return end;
}

function isPrivate(tag: number): boolean {
  return Math.floor(tag / 0x10000) % 2 === 1;
}

/** Items of a sequence, or fragments of pixel data, up to `limit` or the delimiter. @returns the end. */
function walkItems(
  view: DataView,
  { value, inner }: Element,
  limit: number,
  opaque: OpaqueElement[],
): number {
  let offset = value;
  while (offset < limit) {
    const item = readItemHead(view, offset, inner);
    if (item.tag === SEQUENCE_END) return item.value;
    if (item.length === UNDEFINED_LENGTH) {
      offset = walkItem(view, item.value, inner, opaque);
    } else {
      offset = item.value + item.length;
      // Fragments of pixel data are no datasets.
      if (inner !== FRAGMENTS) walkElements(view, item.value, offset, inner, opaque);
    }
  }
  return offset;
}

/** Elements of an item of undefined length. @returns the end. */
function walkItem(
  view: DataView,
  start: number,
  encoding: Encoding,
  opaque: OpaqueElement[],
): number {
  let offset = start;
  for (;;) {
    const tag = readTag(view, offset, encoding);
    if (tag === ITEM_END) return offset + 8;
    offset = endOf(view, readElement(view, offset, encoding), opaque);
  }
}

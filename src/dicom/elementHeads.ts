/** Heads of the elements and items of a DICOM file (PS3.5 7.1, 7.5), without their values. */

const PIXEL_DATA = 0x7fe00010;
const ITEM = 0xfffee000;
export const ITEM_END = 0xfffee00d;
export const SEQUENCE_END = 0xfffee0dd;
export const UNDEFINED_LENGTH = 0xffffffff;
/**
 * Value representations with a length of two bytes; all others, also those that nobody knows, have four
 * after two reserved ones (PS3.5 7.1.2).
 */
const SHORT: ReadonlySet<string> = new Set(
  'AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US'.split(' '),
);

/** How elements of a dataset are written. */
export interface Encoding {
  readonly implicit: boolean;
  readonly littleEndian: boolean;
}

export interface Element {
  readonly tag: number;
  readonly length: number;
  /** Where the value starts. */
  readonly value: number;
  /** Encoding of what is nested in it. */
  readonly inner: Encoding;
  readonly isSequence: boolean;
}

export const EXPLICIT: Encoding = { implicit: false, littleEndian: true };
/** What is nested in UN of undefined length is implicit, whatever the file (PS3.5 6.2.2). */
export const IMPLICIT_IN_UN: Encoding = { implicit: true, littleEndian: true };
export const FRAGMENTS: Encoding = { implicit: false, littleEndian: true };

/** Where and how a file ends too early. */
export class CutOff extends Error {}

export function readTag(view: DataView, offset: number, { littleEndian }: Encoding): number {
  if (offset + 8 > view.byteLength) throw new CutOff('is cut off in its header');
  const group = view.getUint16(offset, littleEndian);
  return group * 0x10000 + view.getUint16(offset + 2, littleEndian);
}

export function readElement(view: DataView, offset: number, encoding: Encoding): Element {
  const tag = readTag(view, offset, encoding);
  const { littleEndian, implicit } = encoding;
  if (implicit) {
    const length = view.getUint32(offset + 4, littleEndian);
    return whole(view, { tag, length, value: offset + 8, inner: encoding, isSequence: false });
  }
  const vr = String.fromCharCode(view.getUint8(offset + 4), view.getUint8(offset + 5));
  if (SHORT.has(vr)) {
    const length = view.getUint16(offset + 6, littleEndian);
    return whole(view, { tag, length, value: offset + 8, inner: encoding, isSequence: false });
  }
  if (offset + 12 > view.byteLength) throw new CutOff('is cut off in its header');
  const length = view.getUint32(offset + 8, littleEndian);
  const inner = vr === 'UN' ? IMPLICIT_IN_UN : vr === 'SQ' ? encoding : FRAGMENTS;
  return whole(view, { tag, length, value: offset + 12, inner, isSequence: vr === 'SQ' });
}

export function readItemHead(view: DataView, offset: number, encoding: Encoding): Element {
  const tag = readTag(view, offset, encoding);
  if (tag !== ITEM && tag !== SEQUENCE_END) {
    throw new CutOff('is damaged: one of its sequences holds something that is not an item');
  }
  const length = view.getUint32(offset + 4, encoding.littleEndian);
  return whole(view, { tag, length, value: offset + 8, inner: encoding, isSequence: false });
}

function whole(view: DataView, element: Element): Element {
  const { tag, length, value } = element;
  const there = view.byteLength - value;
  if (length === UNDEFINED_LENGTH || length <= there) return element;
  const what = tag === PIXEL_DATA ? 'pixel data' : 'header';
  throw new CutOff(
    `is cut off in its ${what}: ${length} bytes should follow, and only ${there} are there`,
  );
}

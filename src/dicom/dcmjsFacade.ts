import dcmjs from 'dcmjs';
import type { DicomElements } from 'dcmjs';
import { keepOneCharacterSet, withoutEscapes } from './characterSets';
import type { DicomDataset } from './series';
import { EXPLICIT_LITTLE_ENDIAN } from './transferSyntaxes';

/**
 * The only file that knows dcmjs. Datasets are plain data, keyword -> value:
 * - a value of multiplicity 1 is the value itself, more are an array, none is null;
 * - a sequence is always an array of datasets;
 * - PN is its text (`alphabetic=ideographic=phonetic`), DS, IS and binary numbers are numbers;
 * - OB, OW, UN … are an array of Uint8Array: one, or one for each frame of encapsulated pixel data.
 * Private attributes are dropped: nothing here reads or copies them.
 */

// dcmjs logs values of attributes, so it may log names of patients.
dcmjs.log.setLevel('silent', false);
dcmjs.log.getLogger('validation.dcmjs').setLevel('silent', false);

const { DicomDict, DicomMessage, DicomMetaDictionary, ReadBufferStream } = dcmjs.data;

// dcmjs decodes text in sequences as Latin-1, whatever the character set (its issues 503 and 508):
// labels of segments, names of ROIs and all of a report would be garbled.
const { more } = ReadBufferStream.prototype;
ReadBufferStream.prototype.more = function withSameCharacters(length) {
  const item = more.call(this, length);
  item.setDecoder(this.decoder);
  return item;
};

export interface Part10 {
  readonly transferSyntaxUid: string;
  readonly dataset: DicomDataset;
}

/** Throws what dcmjs throws when the bytes are not a complete Part 10 file. */
export function readPart10(bytes: ArrayBuffer): Part10 {
  const { buffer, escapes } = keepOneCharacterSet(bytes);
  const parsed = DicomMessage.readFile(buffer, { noCopy: true });
  const meta = naturalise(parsed.meta);
  const clean = escapes ? withoutEscapes : (text: string) => text;
  return {
    transferSyntaxUid: String(meta.TransferSyntaxUID ?? ''),
    dataset: naturalise(parsed.dict, clean),
  };
}

/** A dataset from dcmjs elements or from the DICOM JSON model (PS3.18 F), which have the same shape. */
export function naturalise(
  elements: Readonly<DicomElements>,
  clean: (text: string) => string = (text) => text,
): DicomDataset {
  const dataset: Record<string, unknown> = {};
  for (const [tag, { vr, Value }] of Object.entries(elements)) {
    const entry = DicomMetaDictionary.dictionary[DicomMetaDictionary.punctuateTag(tag)];
    if (!entry) continue;
    dataset[entry.name] = naturaliseValue(vr, Value, clean);
  }
  return dataset;
}

function naturaliseValue(vr: string, raw: unknown, clean: (text: string) => string): unknown {
  const values = asList(raw);
  if (vr === 'SQ') {
    return values.filter(isElements).map((item) => naturalise(item, clean));
  }
  const plain = values.map((value) => naturaliseItem(vr, value, clean));
  if (plain.length > 0 && plain.every((value) => value instanceof Uint8Array)) return plain;
  if (plain.length === 0) return null;
  return plain.length === 1 ? plain[0] : plain;
}

function naturaliseItem(vr: string, value: unknown, clean: (text: string) => string): unknown {
  if (vr === 'PN') return clean(personName(value));
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  if (value instanceof String || typeof value === 'string') return clean(value.toString());
  return value;
}

function personName(value: unknown): string {
  if (typeof value !== 'object' || value === null || value instanceof String) {
    return String(value ?? '');
  }
  const { Alphabetic, Ideographic, Phonetic } = value as Record<string, unknown>;
  const groups = [Alphabetic, Ideographic, Phonetic].map((group) => String(group ?? ''));
  return groups.join('=').replace(/=+$/, '');
}

function asList(raw: unknown): readonly unknown[] {
  if (raw === undefined || raw === null || raw === '') return [];
  return Array.isArray(raw) ? [...(raw as readonly unknown[])] : [raw];
}

function isElements(value: unknown): value is DicomElements {
  return typeof value === 'object' && value !== null;
}

/** A value that may be written. Numbers of DS attributes are given as text: see `decimalString`. */
export type WritableValue =
  | string
  | number
  | null
  | Uint8Array
  | readonly Uint8Array[]
  | readonly string[]
  | readonly number[]
  | readonly WritableDataset[];

export interface WritableDataset {
  readonly [keyword: string]: WritableValue | undefined;
}

/** UUID-derived, fixed: names this writer in File Meta Information. */
const IMPLEMENTATION_CLASS_UID = '2.25.168373846173406486212893741056824930561';
const IMPLEMENTATION_VERSION_NAME = 'STS-HABITAT-1';

/** Longest value in characters, PS3.5 table 6.2-1. */
const MAXIMUM_LENGTH: Readonly<Record<string, number>> = {
  AE: 16,
  AS: 4,
  CS: 16,
  DA: 8,
  DS: 16,
  DT: 26,
  IS: 12,
  LO: 64,
  SH: 16,
  TM: 14,
  UI: 64,
};
const LONG_TEXT: ReadonlySet<string> = new Set(['ST', 'LT', 'UT']);

/**
 * Part 10 bytes in UTF-8: the dataset says ISO_IR 192. With a compressed transfer syntax, Pixel Data
 * is a list of encoded frames.
 * @throws Error for an unknown keyword or a value that its VR cannot hold: dcmjs would cut it.
 */
export function writePart10(
  dataset: WritableDataset,
  transferSyntaxUid = EXPLICIT_LITTLE_ENDIAN,
): Uint8Array {
  const file = new DicomDict(
    denaturalise({
      FileMetaInformationVersion: Uint8Array.of(0, 1),
      MediaStorageSOPClassUID: dataset.SOPClassUID,
      MediaStorageSOPInstanceUID: dataset.SOPInstanceUID,
      TransferSyntaxUID: transferSyntaxUid,
      ImplementationClassUID: IMPLEMENTATION_CLASS_UID,
      ImplementationVersionName: IMPLEMENTATION_VERSION_NAME,
    }),
  );
  file.dict = denaturalise(dataset);
  // One fragment for each frame, as RLE demands (PS3.5 A.4.2).
  return new Uint8Array(file.write({ fragmentMultiframe: false }));
}

function denaturalise(dataset: WritableDataset): DicomElements {
  const elements: DicomElements = {};
  for (const [keyword, value] of Object.entries(dataset)) {
    if (value === undefined) continue;
    const entry = DicomMetaDictionary.nameMap[keyword];
    if (!entry) throw new Error(`${keyword} is not a DICOM keyword`);
    // Pixel data of more than 8 bits are words (PS3.5 8.1.1).
    const pixels = Number(dataset.BitsAllocated) > 8 ? 'OW' : 'OB';
    const vr = entry.vr === 'ox' ? pixels : entry.vr;
    elements[DicomMetaDictionary.unpunctuateTag(entry.tag)] = {
      vr,
      Value: denaturaliseValue(keyword, vr, value),
    };
  }
  return elements;
}

function denaturaliseValue(keyword: string, vr: string, value: WritableValue): unknown[] {
  if (value === null) return [];
  const values: readonly WritableItem[] = isList(value) ? value : [value];
  return values.map((item) => {
    if (item instanceof Uint8Array) return exactBuffer(item);
    if (typeof item === 'object') return denaturalise(item);
    if (vr === 'SQ') throw new Error(`${keyword} is a sequence`);
    const text = String(item);
    const limit = MAXIMUM_LENGTH[vr];
    if (limit !== undefined && text.length > limit) {
      throw new Error(`${keyword}: a ${vr} value has at most ${limit} characters`);
    }
    if (typeof item === 'string' && !LONG_TEXT.has(vr) && item.includes('\\')) {
      throw new Error(`${keyword}: a ${vr} value has no backslash; give several values as a list`);
    }
    return item;
  });
}

type WritableItem = string | number | Uint8Array | WritableDataset;

function isList(value: WritableItem | readonly WritableItem[]): value is readonly WritableItem[] {
  return Array.isArray(value);
}

/** An attribute of a dataset that was read, ready to be written: null when absent or empty. */
export function copyAttribute(dataset: DicomDataset, keyword: string): WritableValue {
  const vr = DicomMetaDictionary.nameMap[keyword]?.vr;
  if (!vr) throw new Error(`${keyword} is not a DICOM keyword`);
  const value = dataset[keyword];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value ?? ''];
  if (vr === 'SQ') {
    const items = values.filter(isDataset).map((item) => {
      const copied = Object.keys(item).map((name) => [name, copyAttribute(item, name)] as const);
      return Object.fromEntries(copied);
    });
    return items.length > 0 ? items : null;
  }
  const texts = values
    .filter((item) => typeof item === 'string' || typeof item === 'number')
    .map((item) => (typeof item === 'number' && vr === 'DS' ? decimalString(item) : String(item)))
    // A source may break the limits of its VR; the copy must not.
    .map((item) => item.slice(0, MAXIMUM_LENGTH[vr] ?? item.length));
  if (texts.length === 0 || texts.every((item) => item === '')) return null;
  return texts.length === 1 ? texts[0] : texts;
}

function isDataset(value: unknown): value is DicomDataset {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** A DS value: the shortest text of at most 16 characters, as many digits of the number as fit. */
export function decimalString(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} is not a decimal string`);
  const exact = String(value);
  if (exact.length <= 16) return exact;
  for (let digits = 16; digits > 0; digits--) {
    const rounded = Number(value.toPrecision(digits));
    if (!Number.isFinite(rounded)) continue;
    const text = [String(rounded), rounded.toExponential()].find(({ length }) => length <= 16);
    if (text !== undefined) return text;
  }
  throw new Error(`${value} does not fit a decimal string`);
}

/** @param rgb sRGB, 0 to 255. @returns CIELab as DICOM writes it: three integers, 0 to 65535. */
export function toDicomLab(rgb: readonly [number, number, number]): number[] {
  return dcmjs.data.Colors.rgb2DICOMLAB(rgb.map((value) => value / 255)).map(Math.round);
}

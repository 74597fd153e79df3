import type { Code } from './codes';
import type { DicomDataset } from './series';

/** Typed readers of a dataset. Absent and empty attributes read as undefined, '' or []. */

/** The first value as text, without the padding of PS3.5 6.2. */
export function text(dataset: DicomDataset, keyword: string): string {
  const value = first(dataset[keyword]);
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

export function texts(dataset: DicomDataset, keyword: string): string[] {
  return list(dataset[keyword])
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => String(value).trim());
}

export function number(dataset: DicomDataset, keyword: string): number | undefined {
  return numbers(dataset, keyword).at(0);
}

/** All values, or [] when one of them is not a finite number. */
export function numbers(dataset: DicomDataset, keyword: string): number[] {
  const values = list(dataset[keyword]).map(toNumber);
  return values.every(Number.isFinite) ? values : [];
}

/** Bytes, where a file is damaged, are no number; their text could be of any length. */
function toNumber(value: unknown): number {
  return value === '' || ArrayBuffer.isView(value) ? NaN : Number(value);
}

/** Exactly `length` numbers, or undefined. */
export function tuple(
  dataset: DicomDataset,
  keyword: string,
  length: number,
): number[] | undefined {
  const values = numbers(dataset, keyword);
  return values.length === length ? values : undefined;
}

export function sequence(dataset: DicomDataset, keyword: string): readonly DicomDataset[] {
  return list(dataset[keyword]).filter(isDataset);
}

/** The first item of a sequence, or an empty dataset: reading on from it finds nothing. */
export function firstItem(dataset: DicomDataset, keyword: string): DicomDataset {
  return sequence(dataset, keyword).at(0) ?? {};
}

/** Alphabetic, ideographic and phonetic groups, as written: `Yamada^Tarou=山田^太郎`. */
export function personName(dataset: DicomDataset, keyword: string): string {
  return text(dataset, keyword);
}

/** The first code of a code sequence. */
export function code(dataset: DicomDataset, keyword: string): Code | undefined {
  const item = firstItem(dataset, keyword);
  const value =
    text(item, 'CodeValue') || text(item, 'LongCodeValue') || text(item, 'URNCodeValue');
  const scheme = text(item, 'CodingSchemeDesignator');
  return value && scheme ? { value, scheme, meaning: text(item, 'CodeMeaning') } : undefined;
}

/** OB, OW …: one chunk, or one for each frame of encapsulated pixel data. */
export function binary(dataset: DicomDataset, keyword: string): readonly Uint8Array[] {
  return list(dataset[keyword]).filter((value) => value instanceof Uint8Array);
}

/** Present at all, be it empty. */
export function has(dataset: DicomDataset, keyword: string): boolean {
  return keyword in dataset;
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function first(value: unknown): unknown {
  return list(value).at(0);
}

function isDataset(value: unknown): value is DicomDataset {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}

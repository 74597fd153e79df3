import { firstItem, number, sequence, text } from '../attributes';
import type { Code } from '../codes';
import type { DicomDataset } from '../series';

/** Content items as they are read: anything may be missing, so nothing here throws. */
export interface ReadItem {
  readonly valueType: string;
  /** Each part '' when the archive has lost it. */
  readonly name: Code;
  readonly dataset: DicomDataset;
}

export function children({ dataset }: Pick<ReadItem, 'dataset'>): ReadItem[] {
  return sequence(dataset, 'ContentSequence').map((item) => ({
    valueType: text(item, 'ValueType'),
    name: codeOf(item, 'ConceptNameCodeSequence'),
    dataset: item,
  }));
}

function codeOf(dataset: DicomDataset, keyword: string): Code {
  const item = firstItem(dataset, keyword);
  return {
    value: text(item, 'CodeValue'),
    scheme: text(item, 'CodingSchemeDesignator'),
    meaning: text(item, 'CodeMeaning'),
  };
}

/**
 * Codes are compared by value and scheme. Archives strip what they do not know: a code without a
 * scheme counts by its value, one without a value by its meaning.
 */
export function means(read: Code, concept: Code): boolean {
  if (read.value !== '' && read.scheme !== '') {
    return read.value === concept.value && read.scheme === concept.scheme;
  }
  return read.value !== '' ? read.value === concept.value : read.meaning === concept.meaning;
}

export function all(items: readonly ReadItem[], concept: Code): ReadItem[] {
  return items.filter(({ name }) => means(name, concept));
}

export function first(items: readonly ReadItem[], concept: Code): ReadItem | undefined {
  return items.find(({ name }) => means(name, concept));
}

/** In full precision where the report gives it. */
export function numberOf(item: ReadItem | undefined): number | undefined {
  const measured = item ? firstItem(item.dataset, 'MeasuredValueSequence') : {};
  return number(measured, 'FloatingPointValue') ?? number(measured, 'NumericValue');
}

export function textOf(item: ReadItem | undefined): string {
  return item ? text(item.dataset, 'TextValue') : '';
}

export function uidOf(item: ReadItem | undefined): string {
  return item ? text(item.dataset, 'UID') : '';
}

export function valueCodeOf(item: ReadItem | undefined): Code {
  return codeOf(item?.dataset ?? {}, 'ConceptCodeSequence');
}

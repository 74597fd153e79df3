import { code } from '../codes';
import type { Code } from '../codes';
import { codeItem } from '../commonModules';
import { decimalString } from '../dcmjsFacade';
import type { WritableDataset } from '../dcmjsFacade';
import { isUid } from '../uid';

/**
 * Content items of a structured report (PS3.3 C.17.3). An item that exists is valid: values are
 * checked when it is made, relationships when it is given children.
 */

export type Relationship = 'CONTAINS' | 'HAS OBS CONTEXT' | 'HAS CONCEPT MOD';
type ValueType = 'CONTAINER' | 'CODE' | 'TEXT' | 'NUM' | 'UIDREF' | 'PNAME' | 'IMAGE';

export interface Child {
  readonly relationship: Relationship;
  readonly item: ContentItem;
}

export interface ContentItem {
  readonly valueType: ValueType;
  readonly name: Code;
  readonly value: WritableDataset;
  readonly children: readonly Child[];
  /** The value of a CODE, or the unit of a NUM. */
  readonly code?: Code;
}

/** The part of PS3.3 table A.35.13-2 (Comprehensive 3D SR) that this project uses. */
const ALLOWED: Readonly<
  Record<Relationship, Readonly<Partial<Record<ValueType, readonly ValueType[]>>>>
> = {
  CONTAINS: { CONTAINER: ['CODE', 'TEXT', 'NUM', 'UIDREF', 'PNAME', 'IMAGE', 'CONTAINER'] },
  'HAS OBS CONTEXT': { CONTAINER: ['CODE', 'TEXT', 'NUM', 'UIDREF', 'PNAME'] },
  'HAS CONCEPT MOD': {
    CONTAINER: ['CODE', 'TEXT'],
    CODE: ['CODE', 'TEXT'],
    NUM: ['CODE', 'TEXT'],
  },
};

export const contains = (item: ContentItem): Child => ({ relationship: 'CONTAINS', item });
export const context = (item: ContentItem): Child => ({ relationship: 'HAS OBS CONTEXT', item });
export const modifier = (item: ContentItem): Child => ({ relationship: 'HAS CONCEPT MOD', item });

function make(
  valueType: ValueType,
  name: Code,
  value: WritableDataset,
  children: readonly Child[] = [],
  valueCode?: Code,
): ContentItem {
  for (const one of valueCode ? [name, valueCode] : [name]) requireCode(one);
  for (const { relationship, item } of children) {
    if (!ALLOWED[relationship][valueType]?.includes(item.valueType)) {
      throw new Error(
        `${valueType} ${name.meaning} ${relationship} ${item.valueType} is not allowed`,
      );
    }
  }
  return { valueType, name, value, children, ...(valueCode ? { code: valueCode } : {}) };
}

/** A literal may break the limits that `code` checks. */
function requireCode({ value, scheme, meaning }: Code): void {
  code(value, scheme, meaning);
  if (scheme === '' || scheme.length > 16) throw new Error(`scheme ${scheme}: 1 to 16 characters`);
  if ([value, scheme, meaning].some((part) => part.includes('\\')))
    throw new Error(`code ${value}: a backslash separates values`);
}

/** @param templateId Of the DICOM Content Mapping Resource, PS3.16. */
export function container(
  name: Code,
  children: readonly Child[],
  templateId?: string,
): ContentItem {
  if (children.length === 0) throw new Error(`container ${name.meaning} has no content`);
  const template: WritableDataset = templateId
    ? { ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: templateId }] }
    : {};
  return make('CONTAINER', name, { ContinuityOfContent: 'SEPARATE', ...template }, children);
}

export function coded(name: Code, value: Code, children: readonly Child[] = []): ContentItem {
  return make('CODE', name, { ConceptCodeSequence: [codeItem(value)] }, children, value);
}

export function textual(name: Code, value: string): ContentItem {
  if (value.trim() === '') throw new Error(`text ${name.meaning} is empty`);
  return make('TEXT', name, { TextValue: value });
}

/** NumericValue holds 16 characters, so the full precision goes beside it as FloatingPointValue. */
export function numeric(
  name: Code,
  value: number,
  unit: Code,
  children: readonly Child[] = [],
): ContentItem {
  const measured: WritableDataset = {
    MeasurementUnitsCodeSequence: [codeItem(unit)],
    NumericValue: decimalString(value),
    FloatingPointValue: value,
  };
  return make('NUM', name, { MeasuredValueSequence: [measured] }, children, unit);
}

export function uidReference(name: Code, uid: string): ContentItem {
  if (!isUid(uid)) throw new Error(`${name.meaning}: ${uid} is not a UID`);
  return make('UIDREF', name, { UID: uid });
}

export function personName(name: Code, value: string): ContentItem {
  if (value.trim() === '') throw new Error(`person name ${name.meaning} is empty`);
  const groups = value.split('=');
  const tooLong = groups.some((group) => group.length > 64 || group.split('^').length > 5);
  if (groups.length > 3 || tooLong) throw new Error(`${name.meaning}: not a person name`);
  return make('PNAME', name, { PersonName: value });
}

export function segmentReference(
  name: Code,
  sopClassUid: string,
  sopInstanceUid: string,
  segmentNumber: number,
): ContentItem {
  for (const uid of [sopClassUid, sopInstanceUid])
    if (!isUid(uid)) throw new Error(`${name.meaning}: ${uid} is not a UID`);
  if (!Number.isInteger(segmentNumber) || segmentNumber < 1 || segmentNumber > 65535)
    throw new Error(`${name.meaning}: ${segmentNumber} is not a segment number`);
  return make('IMAGE', name, {
    ReferencedSOPSequence: [
      {
        ReferencedSOPClassUID: sopClassUid,
        ReferencedSOPInstanceUID: sopInstanceUid,
        ReferencedSegmentNumber: segmentNumber,
      },
    ],
  });
}

/** The item and all below it, as the attributes of the document or of a Content Sequence item. */
export function contentDataset(item: ContentItem): WritableDataset {
  const children: WritableDataset =
    item.children.length > 0
      ? {
          ContentSequence: item.children.map(({ relationship, item: child }) => ({
            RelationshipType: relationship,
            ...contentDataset(child),
          })),
        }
      : {};
  return {
    ValueType: item.valueType,
    ConceptNameCodeSequence: [codeItem(item.name)],
    ...item.value,
    ...children,
  };
}

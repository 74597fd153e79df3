import { number, sequence, text } from './attributes';
import { naturalise } from './dcmjsFacade';

/** Failure Reason (0008,1197) of a STOW-RS response: PS3.18 10.5.3 and PS3.4 B.2.3. */

export interface StoreFailure {
  readonly sopInstanceUid: string;
  /** Part of a sentence. */
  readonly reason: string;
}

const DUPLICATE = 0x0111;

/**
 * Instances that were not stored. An instance that the archive holds already is not a failure:
 * that is a repeated request whose first answer was lost.
 * @param body JSON (or what the archive sent instead; then nothing is known and nothing is reported:
 * reading back decides).
 */
export function storeFailures(body: unknown): StoreFailure[] {
  const elements: unknown = typeof body === 'string' ? parseJson(body) : body;
  if (typeof elements !== 'object' || elements === null) return failuresInXml(String(body ?? ''));
  const dataset = naturalise(elements as Parameters<typeof naturalise>[0]);
  return sequence(dataset, 'FailedSOPSequence')
    .filter((item) => number(item, 'FailureReason') !== DUPLICATE)
    .map((item) => ({
      sopInstanceUid: text(item, 'ReferencedSOPInstanceUID'),
      reason: reasonText(number(item, 'FailureReason')),
    }));
}

/**
 * UIDs under which the archive says that it stored the instances (Referenced SOP Sequence); empty when it
 * does not say.
 */
export function storedUids(body: unknown): string[] {
  const elements: unknown = typeof body === 'string' ? parseJson(body) : body;
  if (typeof elements !== 'object' || elements === null) return [];
  const dataset = naturalise(elements as Parameters<typeof naturalise>[0]);
  return sequence(dataset, 'ReferencedSOPSequence')
    .map((item) => text(item, 'ReferencedSOPInstanceUID'))
    .filter((uid) => uid !== '');
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Some archives answer in the Native DICOM Model whatever they are asked for. */
function failuresInXml(xml: string): StoreFailure[] {
  const [, failed = ''] =
    /tag="00081198"([\s\S]*?)<\/DicomAttribute>\s*(?:<DicomAttribute tag="0008119[^8]|<\/NativeDicomModel)/.exec(
      xml,
    ) ?? [];
  return [...failed.matchAll(/tag="00081197"[\s\S]*?<Value[^>]*>(\d+)<\/Value>/g)]
    .map(([, code]) => Number(code))
    .filter((code) => code !== DUPLICATE)
    .map((code) => ({ sopInstanceUid: '', reason: reasonText(code) }));
}

function reasonText(code: number | undefined): string {
  if (code === undefined) return 'no reason given';
  const hex = `0x${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return `${reasonMeaning(code)} (${hex})`;
}

function reasonMeaning(code: number): string {
  if (code >= 0xa700 && code <= 0xa7ff) return 'out of space or memory';
  if (code >= 0xa900 && code <= 0xa9ff) return 'the object does not match its SOP class';
  if (code >= 0xc000) return 'the object could not be understood';
  switch (code) {
    case 0x0110:
      return 'processing failure';
    case 0x0122:
      return 'this kind of object is not accepted';
    case 0x0124:
      return 'not authorised';
    case 0x0131:
      return 'storing is not permitted';
    default:
      return 'refused';
  }
}

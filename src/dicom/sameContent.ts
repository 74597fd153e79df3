import type { DicomObject } from '../chain/analysis';
import { InputError } from '../chain/errors';
import { has } from './attributes';
import { parseInstance } from './instance';
import type { DicomInstance } from './instance';
import { sameMask } from './masks';
import type { DicomDataset } from './series';
import { segReader } from './tumour/segFrames';

/**
 * Attributes whose loss or change would make a stored result wrong. Archives may add, coerce and
 * transcode other things (patient attributes above all), which is their right.
 */
const MUST_AGREE = [
  'SOPClassUID',
  'SOPInstanceUID',
  'SeriesInstanceUID',
  'StudyInstanceUID',
  'FrameOfReferenceUID',
  'NumberOfFrames',
  'Rows',
  'Columns',
  'SegmentationType',
  'SegmentSequence',
  'SharedFunctionalGroupsSequence',
  'PerFrameFunctionalGroupsSequence',
  'ReferencedSeriesSequence',
  'ConceptNameCodeSequence',
  'ContentTemplateSequence',
  'ContentSequence',
  'CurrentRequestedProcedureEvidenceSequence',
  'CodingSchemeIdentificationSequence',
  'CompletionFlag',
  'VerificationFlag',
] as const;

/** @throws InputError ARCHIVE_MISMATCH naming the first attribute that differs. */
export function requireSameContent(sent: DicomObject, stored: DicomInstance): void {
  const original = parseInstance(new Uint8Array(sent.part10).buffer);
  const changed = MUST_AGREE.find(
    (keyword) => !sameAttribute(original.dataset, stored.dataset, keyword),
  );
  if (changed) throw mismatch(sent, changed);
  if (sent.kind === 'SEG' && !samePixels(original, stored)) throw mismatch(sent, 'PixelData');
}

function mismatch({ kind }: DicomObject, keyword: string): InputError {
  return new InputError(
    'ARCHIVE_MISMATCH',
    `The archive stored the ${kind} but gives it back with another ${keyword}; download the results, and ask its administrator.`,
  );
}

function sameAttribute(a: DicomDataset, b: DicomDataset, keyword: string): boolean {
  if (keyword === 'SOPInstanceUID' || has(a, keyword)) {
    return JSON.stringify(canonical(a[keyword])) === JSON.stringify(canonical(b[keyword]));
  }
  return true;
}

/** Keys in order; empty and absent alike; padding removed. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return (value as readonly unknown[]).map(canonical);
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([, item]) =>
          item !== null && item !== undefined && !(Array.isArray(item) && item.length === 0),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([keyword, item]) => [keyword, canonical(item)]),
  );
}

/** Decoded, because the archive may have transcoded. */
function samePixels(a: DicomInstance, b: DicomInstance): boolean {
  const [one, other] = [segReader(a), segReader(b)];
  if (typeof one === 'string' || typeof other === 'string' || one.frames !== other.frames)
    return false;
  for (let frame = 0; frame < one.frames; frame++) {
    const segment = one.segmentOf(frame) ?? 1;
    const [p, q] = [one.read(frame, segment), other.read(frame, segment)];
    if (!sameMask(p, q)) return false;
  }
  return true;
}

import { text } from '../attributes';
import type { Code } from '../codes';
import { SEGMENT_CODES } from '../codes';
import { SEGMENT_REGIONS } from '../outputTypes';
import type { SegmentRegion, Tracking } from '../outputTypes';
import { GROUP } from '../report/concepts';
import type { DicomDataset } from '../series';
import { TRACKING_IDS } from '../uid';
import { first, means, valueCodeOf } from './contentReader';
import type { ReadItem } from './contentReader';

const FINDINGS: Readonly<Record<SegmentRegion | 'prognosis', Code>> = {
  tumour: SEGMENT_CODES.primaryNeoplasm,
  habitat1: SEGMENT_CODES.habitat1,
  habitat2: SEGMENT_CODES.habitat2,
  habitat3: SEGMENT_CODES.habitat3,
  peritumour: SEGMENT_CODES.peritumoral,
  prognosis: GROUP.sarcoma,
};

/** What a measurement group is about: by its finding, or by its tracking identifier when that is lost. */
export function trackedThing(
  items: readonly ReadItem[],
  tracking: Tracking,
): SegmentRegion | 'prognosis' | null {
  const finding = valueCodeOf(first(items, GROUP.finding));
  const things = [...SEGMENT_REGIONS, 'prognosis'] as const;
  const found =
    finding.value !== '' || finding.meaning !== ''
      ? things.find((thing) => means(finding, FINDINGS[thing]))
      : undefined;
  return found ?? things.find((thing) => tracking.id === TRACKING_IDS[thing]) ?? null;
}

/** A report in a sentence: its date, because it names no patient. */
export function describeReport(dataset: DicomDataset): string {
  const date = text(dataset, 'ContentDate');
  return /^\d{8}$/.test(date)
    ? `of ${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
    : 'without a date';
}

import type { SegmentationInput, SegmentationObject } from './outputTypes';

export type { SegmentationInput, SegmentationObject } from './outputTypes';

export function buildSegmentation(_input: SegmentationInput): SegmentationObject {
  throw new Error('not written yet');
}

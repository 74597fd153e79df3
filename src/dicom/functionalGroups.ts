import { firstItem, sequence } from './attributes';
import type { DicomDataset } from './series';

/**
 * One functional group of a frame of a multi-frame object (PS3.3 C.7.6.16): its own, otherwise the
 * shared one, otherwise an empty dataset.
 * @param frame 0-based.
 */
export function functionalGroup(
  dataset: DicomDataset,
  frame: number,
  keyword: string,
): DicomDataset {
  const own = sequence(dataset, 'PerFrameFunctionalGroupsSequence').at(frame) ?? {};
  const source =
    sequence(own, keyword).length > 0 ? own : firstItem(dataset, 'SharedFunctionalGroupsSequence');
  return firstItem(source, keyword);
}

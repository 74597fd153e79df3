import type { Services } from '../host';
import type { SequenceId } from '../../../src/model/schema';

/** Viewports of our hanging protocol, by the sequence that they show. */
export const VIEWPORT_IDS: Readonly<Record<SequenceId, string>> = {
  fsT2: 'sts-fsT2',
  ceT1: 'sts-ceT1',
};

/** Shows a series where its sequence belongs; does nothing in another layout. */
export function showSeries(
  { displaySetService, viewportGridService }: Services,
  sequence: SequenceId,
  seriesInstanceUid: string,
): void {
  const viewportId = VIEWPORT_IDS[sequence];
  if (!viewportGridService.getState().viewports.has(viewportId)) return;
  const displaySet = displaySetService
    .getActiveDisplaySets()
    .find((set) => set.SeriesInstanceUID === seriesInstanceUid && set.numImageFrames);
  if (!displaySet) return;
  viewportGridService.setDisplaySetsForViewports([
    { viewportId, displaySetInstanceUIDs: [displaySet.displaySetInstanceUID] },
  ]);
}

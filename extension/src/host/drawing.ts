import type { Services } from '../host';
import { DRAWING_PREFIX, type TumourChoice } from '../services/session';

/** The host's panel with brush, eraser and the other drawing tools. */
const DRAWING_PANEL = '@ohif/extension-cornerstone.panelModule.panelSegmentationWithToolsLabelMap';
const SEGMENT = 1;

/**
 * Makes an empty tumour segmentation on a series, or takes the one that is there, and opens the
 * drawing tools. Returns the choice to analyse, or null when the series is not on screen.
 */
export async function startDrawing(
  { displaySetService, panelService, segmentationService, viewportGridService }: Services,
  seriesInstanceUid: string | null,
): Promise<TumourChoice['id'] | null> {
  panelService.activatePanel(DRAWING_PANEL, true);
  const displaySet = displaySetService
    .getActiveDisplaySets()
    .find((set) => set.SeriesInstanceUID === seriesInstanceUid && set.numImageFrames);
  if (!displaySet) return null;
  const uid = displaySet.displaySetInstanceUID;
  const segmentationId = `${DRAWING_PREFIX}${uid}`;
  if (!segmentationService.getSegmentation(segmentationId)) {
    await segmentationService.createLabelmapForDisplaySet(displaySet, {
      segmentationId,
      label: `drawn on ${displaySet.SeriesDescription ?? displaySet.Modality}`,
      segments: { [SEGMENT]: { segmentIndex: SEGMENT, label: 'Tumour', active: true } },
    });
  }
  for (const viewport of viewportGridService.getState().viewports.values()) {
    if (!viewport.displaySetInstanceUIDs?.includes(uid)) continue;
    const { viewportId } = viewport;
    await segmentationService.addSegmentationRepresentation(viewportId, {
      segmentationId,
      type: 'Labelmap',
    });
    segmentationService.setActiveSegmentation(viewportId, segmentationId);
  }
  return drawnTumourId(segmentationId, SEGMENT);
}

export function drawnTumourId(segmentationId: string, segmentIndex: number): string {
  return `viewer:${segmentationId}:${segmentIndex}`;
}

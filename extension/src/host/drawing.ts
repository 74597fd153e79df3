import type { HostDisplaySet, Services } from '../host';
import { DRAWING_PREFIX, type TumourChoice } from '../services/session';

/** The host's panel with brush, eraser and the other drawing tools. */
const DRAWING_PANEL = '@ohif/extension-cornerstone.panelModule.panelSegmentationWithToolsLabelMap';
const SEGMENT = 1;

/**
 * Makes an empty tumour segmentation on a series, or takes the one that is there, and opens the
 * drawing tools. Returns the choice to analyse, or null when the series is not on screen.
 */
export async function startDrawing(
  services: Services,
  seriesInstanceUid: string | null,
): Promise<TumourChoice['id'] | null> {
  services.panelService.activatePanel(DRAWING_PANEL, true);
  const displaySet = services.displaySetService
    .getActiveDisplaySets()
    .find((set) => set.SeriesInstanceUID === seriesInstanceUid && set.numImageFrames);
  if (!displaySet) return null;
  return (await drawingOn(services, displaySet, 'the one that is there')).tumourId;
}

/** The tumour segmentation on a series, in every viewport that shows the series, as the active one. */
export async function drawingOn(
  { segmentationService, viewportGridService }: Services,
  displaySet: HostDisplaySet,
  which: 'the one that is there' | 'a new one',
): Promise<{ readonly segmentationId: string; readonly tumourId: TumourChoice['id'] }> {
  const uid = displaySet.displaySetInstanceUID;
  const isTaken = (id: string): boolean => Boolean(segmentationService.getSegmentation(id));
  let segmentationId = `${DRAWING_PREFIX}${uid}`;
  for (let n = 2; which === 'a new one' && isTaken(segmentationId); n++)
    segmentationId = `${DRAWING_PREFIX}${uid}:${n}`;
  if (!isTaken(segmentationId)) {
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
  return { segmentationId, tumourId: drawnTumourId(segmentationId, SEGMENT) };
}

export function drawnTumourId(segmentationId: string, segmentIndex: number): string {
  return `viewer:${segmentationId}:${segmentIndex}`;
}

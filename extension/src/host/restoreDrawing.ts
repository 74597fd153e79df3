import { InputError } from '../../../src/chain/errors';
import { number, text } from '../../../src/dicom/attributes';
import type { HostDisplaySet, Services } from '../host';
import type { Drawing } from '../services/drawings';
import type { TumourChoice } from '../services/session';
import type { CornerstoneGlobals } from './HabitatOverlay';
import { drawingOn } from './drawing';
import { fillLabelmap } from './labelmap';
import { firstInstance } from './seriesDescriptors';

/**
 * Puts a kept drawing back on the images it was drawn on, as a segmentation of its own when another one
 * is there already. Returns the choice to analyse.
 * @throws InputError MASK_GRID when the images are not those, or not loaded yet
 */
export async function restoreDrawing(
  services: Services,
  { core, tools }: CornerstoneGlobals,
  drawing: Drawing,
): Promise<TumourChoice['id']> {
  const displaySet = imagesOf(services, drawing);
  const { segmentationId, tumourId } = await drawingOn(services, displaySet, 'a new one');
  const planes = drawing.planes.map(({ data, ...plane }) => ({ ...plane, labels: data }));
  fillLabelmap(services.segmentationService.getSegmentation(segmentationId), planes, core);
  tools.segmentation.triggerSegmentationEvents.triggerSegmentationDataModified(segmentationId);
  return tumourId;
}

function imagesOf({ displaySetService }: Services, drawing: Drawing): HostDisplaySet {
  const name = `series “${drawing.seriesDescription}” that the tumour was drawn on`;
  const displaySet = displaySetService
    .getActiveDisplaySets()
    .find((set) => set.SeriesInstanceUID === drawing.seriesInstanceUid && set.numImageFrames);
  if (!displaySet || !hasImages(displaySet, drawing)) {
    throw new InputError(
      'MASK_GRID',
      `The ${name} is no longer in the study as it was then, so the drawing cannot be put back; draw the tumour again.`,
    );
  }
  if (!displaySet.imageIds) {
    throw new InputError(
      'MASK_GRID',
      `The viewer has not loaded the ${name} yet; show it in a viewport and try again.`,
    );
  }
  return displaySet;
}

function hasImages(displaySet: HostDisplaySet, drawing: Drawing): boolean {
  const images = new Set(displaySet.instances?.map((image) => text(image, 'SOPInstanceUID')));
  const image = firstInstance(displaySet);
  const pixels = (number(image, 'Rows') ?? 0) * (number(image, 'Columns') ?? 0);
  return (
    text(image, 'FrameOfReferenceUID') === drawing.frameOfReferenceUid &&
    drawing.planes.every(
      ({ sopInstanceUid, data }) => images.has(sopInstanceUid) && data.length === pixels,
    )
  );
}

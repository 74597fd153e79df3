import type { Cornerstone, CornerstoneTools, SyncGroupService, SyncedViewport } from '../host';
import { nearestSlice, type ImagePlane } from './nearestSlice';

/** Lower case: the host looks its types up that way. */
export const LINKED_SLICES_TYPE = 'stshabitatslices';

const STACK_NEW_IMAGE = 'CORNERSTONE_STACK_NEW_IMAGE';
const VOLUME_NEW_IMAGE = 'CORNERSTONE_VOLUME_NEW_IMAGE';

/** Teaches the viewer to keep both viewports at the same place in the patient. */
export function registerLinkedSlices(
  service: SyncGroupService,
  cornerstone: () => { readonly core: Cornerstone; readonly tools: CornerstoneTools },
): void {
  service.addSynchronizerType(LINKED_SLICES_TYPE, (id) => {
    const { core, tools } = cornerstone();
    return tools.SynchronizerManager.createSynchronizer(
      id,
      STACK_NEW_IMAGE,
      (_synchronizer, source, target) => follow(core, source, target),
      { auxiliaryEvents: [{ name: VOLUME_NEW_IMAGE }] },
    );
  });
}

async function follow(
  core: Cornerstone,
  source: SyncedViewport,
  target: SyncedViewport,
): Promise<void> {
  const engine = core.getRenderingEngine(target.renderingEngineId);
  const from = engine?.getViewport(source.viewportId);
  const to = engine?.getViewport(target.viewportId);
  const imageId = from?.getCurrentImageId?.();
  if (!to || !imageId) return;
  const planes = (to.getImageIds?.() ?? []).map((id) => planeOf(core, id));
  const image = planeOf(core, imageId);
  if (!image || !planes.every((plane) => plane !== null)) return;
  const nearest = nearestSlice(image, planes);
  if (nearest === null) return;
  // Volume viewports count their slices from the other end.
  const imageIndex = to.type === 'stack' ? nearest : planes.length - 1 - nearest;
  if (to.getCurrentImageIdIndex?.() === imageIndex) return;
  await core.utilities.jumpToSlice(to.element, { imageIndex });
}

function planeOf({ metaData }: Cornerstone, imageId: string): ImagePlane | null {
  const plane = metaData.get('imagePlaneModule', imageId);
  return isPlane(plane) ? plane : null;
}

function isPlane(value: unknown): value is ImagePlane {
  if (typeof value !== 'object' || value === null) return false;
  return ['imagePositionPatient', 'rowCosines', 'columnCosines'].every((name) => {
    const vector: unknown = Reflect.get(value, name);
    return typeof vector === 'object' && vector !== null && 'length' in vector;
  });
}

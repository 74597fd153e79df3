import type { Cornerstone, CornerstoneTools, SyncGroupService, SyncedViewport } from '../host';
import { imageIdentity } from './imageIdentity';
import { movedPlane, nearestSlice, type ImagePlane } from './nearestSlice';
import type { SeriesLink } from './SeriesLink';

/** Lower case: the host looks its types up that way. */
export const LINKED_SLICES_TYPE = 'stshabitatslices';

const STACK_NEW_IMAGE = 'CORNERSTONE_STACK_NEW_IMAGE';
const VOLUME_NEW_IMAGE = 'CORNERSTONE_VOLUME_NEW_IMAGE';

/** Teaches the viewer to keep both viewports at the same place in the patient. */
export function registerLinkedSlices(
  service: SyncGroupService,
  cornerstone: () => { readonly core: Cornerstone; readonly tools: CornerstoneTools },
  link: SeriesLink,
): void {
  service.addSynchronizerType(LINKED_SLICES_TYPE, (id) => {
    const { core, tools } = cornerstone();
    return tools.SynchronizerManager.createSynchronizer(
      id,
      STACK_NEW_IMAGE,
      (_synchronizer, source, target) => follow(core, source, target, link),
      { auxiliaryEvents: [{ name: VOLUME_NEW_IMAGE }] },
    );
  });
}

async function follow(
  core: Cornerstone,
  source: SyncedViewport,
  target: SyncedViewport,
  link: SeriesLink,
): Promise<void> {
  if (link.isHeld()) return;
  const engine = core.getRenderingEngine(target.renderingEngineId);
  const from = engine?.getViewport(source.viewportId);
  const to = engine?.getViewport(target.viewportId);
  const imageId = from?.getCurrentImageId?.();
  if (!to || !imageId) return;
  const planes = (to.getImageIds?.() ?? []).map((id) => planeOf(core, id));
  const image = throughRegistration(core, imageId, to.getImageIds?.()[0], link);
  if (!image || !planes.every((plane) => plane !== null)) return;
  const nearest = nearestSlice(image, planes);
  if (nearest === null) return;
  // Volume viewports count their slices from the other end.
  const imageIndex = to.type === 'stack' ? nearest : planes.length - 1 - nearest;
  if (to.getCurrentImageIdIndex?.() === imageIndex) return;
  await core.utilities.jumpToSlice(to.element, { imageIndex });
}

/** The plane of an image, in the space of another series where a registration links the two. */
function throughRegistration(
  core: Cornerstone,
  imageId: string,
  other: string | undefined,
  link: SeriesLink,
): ImagePlane | null {
  const plane = planeOf(core, imageId);
  const target = other === undefined ? null : planeOf(core, other);
  const from = imageIdentity(imageId, core)?.seriesInstanceUid;
  const to = imageIdentity(other, core)?.seriesInstanceUid;
  const matrix = from && to ? link.between(from, to) : null;
  if (!plane || !matrix) return plane;
  return movedPlane(plane, matrix, target?.frameOfReferenceUID);
}

export function planeOf({ metaData }: Cornerstone, imageId: string): ImagePlane | null {
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

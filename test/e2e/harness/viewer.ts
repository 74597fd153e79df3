import type { Page } from 'playwright-core';
import { hostWindow } from './hostWindow';

/**
 * Waits until every viewport of the layout shows its images. The host's status can stay behind an
 * image that is long on the screen, when the slice was changed while the first one was loading: so
 * an image that is there counts as well.
 */
export async function waitUntilRendered(page: Page): Promise<void> {
  await page.waitForFunction(
    (host) => {
      const service = host.services?.cornerstoneViewportService;
      const ids = service ? [...service.viewportsById.keys()] : [];
      return (
        ids.length > 0 &&
        ids.every((id) => {
          const viewport = service?.getCornerstoneViewport(id);
          return viewport?.viewportStatus === 'rendered' || Boolean(viewport?.getImageData?.());
        })
      );
    },
    await hostWindow(page),
  );
}

/**
 * Where the voxels of each segment lie: `segment, SOP Instance UID of the image` -> number of voxels
 * and the sums of their indices in the image and of the squares of these. A count alone does not notice
 * voxels that moved.
 */
export type Placement = Record<string, readonly [voxels: number, sum: number, squares: number]>;

/** Loads a stored SEG the way the viewer does when it is opened. */
export async function loadSegmentation(page: Page, sopInstanceUid: string): Promise<Placement> {
  await page.evaluate(
    async ({ host, uid }) => {
      const displaySet = host.services?.displaySetService
        .getActiveDisplaySets()
        .find((candidate) => candidate.SOPInstanceUID === uid);
      if (!displaySet?.load) throw new Error(`the viewer shows no SEG ${uid}`);
      try {
        await displaySet.load({ headers: {} });
      } catch (error) {
        // The viewer rejects with an XMLHttpRequest, which playwright cannot hand over.
        throw error instanceof Error ? error : new Error('the viewer could not load the SEG');
      }
    },
    { host: await hostWindow(page), uid: sopInstanceUid },
  );
  return placementOf(page, sopInstanceUid);
}

/** Where the viewer has the voxels of a SEG that it has loaded. */
export async function placementOf(page: Page, sopInstanceUid: string): Promise<Placement> {
  return page.evaluate(
    ({ host, uid }) => {
      const displaySet = host.services?.displaySetService
        .getActiveDisplaySets()
        .find((candidate) => candidate.SOPInstanceUID === uid);
      const segmentation = host.cornerstoneTools?.segmentation.state.getSegmentation(
        String(displaySet?.displaySetInstanceUID),
      );
      const placement: Record<string, [number, number, number]> = {};
      for (const imageId of segmentation?.representationData.Labelmap?.imageIds ?? []) {
        const image = host.cornerstone?.cache.getImage(imageId);
        const source = host.cornerstone?.metaData.get('instance', image?.referencedImageId ?? '');
        Array.from(image?.voxelManager.getScalarData() ?? []).forEach((label, index) => {
          if (label === 0) return;
          const key = `${String(label)}, ${String(source?.SOPInstanceUID)}`;
          const [voxels, sum, squares] = placement[key] ?? [0, 0, 0];
          placement[key] = [voxels + 1, sum + index, squares + index * index];
        });
      }
      return placement;
    },
    { host: await hostWindow(page), uid: sopInstanceUid },
  );
}

/** Seconds from a stored SEG being put into the active viewport to its segments being shown there. */
export async function openSegmentation(page: Page, sopInstanceUid: string): Promise<number> {
  const start = await page.evaluate(() => performance.now());
  await showInViewport(page, sopInstanceUid);
  const shown = await page.waitForFunction(
    ({ host, uid }) => {
      const { displaySetService, segmentationService, viewportGridService } = host.services ?? {};
      const displaySet = displaySetService
        ?.getActiveDisplaySets()
        .find((candidate) => candidate.SOPInstanceUID === uid);
      const representations = segmentationService?.getSegmentationRepresentations(
        viewportGridService?.getActiveViewportId() ?? '',
        { segmentationId: displaySet?.displaySetInstanceUID ?? '' },
      );
      return displaySet?.isLoaded && representations?.length ? performance.now() : null;
    },
    { host: await hostWindow(page), uid: sopInstanceUid },
  );
  return (Number(await shown.jsonValue()) - start) / 1000;
}

/** Shows a stored object in the active viewport, as a double click in the list of series does. */
export async function showInViewport(page: Page, sopInstanceUid: string): Promise<void> {
  await page.evaluate(
    ({ host, uid }) => {
      const displaySet = host.services?.displaySetService
        .getActiveDisplaySets()
        .find((candidate) => candidate.SOPInstanceUID === uid);
      if (!displaySet) throw new Error(`the viewer shows no object ${uid}`);
      const grid = host.services?.viewportGridService;
      grid?.setDisplaySetsForViewport({
        viewportId: grid.getActiveViewportId(),
        displaySetInstanceUIDs: [displaySet.displaySetInstanceUID],
      });
    },
    { host: await hostWindow(page), uid: sopInstanceUid },
  );
}

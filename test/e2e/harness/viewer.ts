import type { Page } from 'playwright-core';
import { hostWindow } from './hostWindow';

/** Waits until every viewport of the layout has drawn its images. */
export async function waitUntilRendered(page: Page): Promise<void> {
  await page.waitForFunction(
    (host) => {
      const service = host.services?.cornerstoneViewportService;
      const ids = service ? [...service.viewportsById.keys()] : [];
      return (
        ids.length > 0 &&
        ids.every((id) => service?.getCornerstoneViewport(id)?.viewportStatus === 'rendered')
      );
    },
    await hostWindow(page),
  );
}

/** Loads a stored SEG the way the viewer does when it is opened. Returns voxels per segment. */
export async function loadSegmentation(
  page: Page,
  sopInstanceUid: string,
): Promise<Record<string, number>> {
  return page.evaluate(
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
      const segmentation = host.cornerstoneTools?.segmentation.state.getSegmentation(
        displaySet.displaySetInstanceUID,
      );
      const counts: Record<string, number> = {};
      for (const imageId of segmentation?.representationData.Labelmap?.imageIds ?? []) {
        const labels = host.cornerstone?.cache.getImage(imageId)?.voxelManager.getScalarData();
        for (const label of Array.from(labels ?? []))
          if (label !== 0) counts[label] = (counts[label] ?? 0) + 1;
      }
      return counts;
    },
    { host: await hostWindow(page), uid: sopInstanceUid },
  );
}

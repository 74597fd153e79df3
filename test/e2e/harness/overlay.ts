import type { Page } from 'playwright-core';
import { hostWindow } from './hostWindow';

/** Voxels of each label (1 to 5) of our overlay on a series, as the viewer holds it. */
export async function overlayVoxels(page: Page, seriesInstanceUid: string): Promise<number[]> {
  return page.evaluate(
    ({ host, series }) => {
      const displaySet = host.services?.displaySetService
        .getActiveDisplaySets()
        .find((candidate) => candidate.SeriesInstanceUID === series);
      const segmentation = host.cornerstoneTools?.segmentation.state.getSegmentation(
        `sts-habitat-overlay:${String(displaySet?.displaySetInstanceUID)}`,
      );
      const counts = [0, 0, 0, 0, 0];
      for (const imageId of segmentation?.representationData.Labelmap?.imageIds ?? []) {
        const image = host.cornerstone?.cache.getImage(imageId);
        for (const label of Array.from(image?.voxelManager.getScalarData() ?? [])) {
          if (label > 0) counts[label - 1]++;
        }
      }
      return counts;
    },
    { host: await hostWindow(page), series: seriesInstanceUid },
  );
}

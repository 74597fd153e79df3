/** A tumour that is drawn and never analysed survives the tab. */
import type { Page } from 'playwright-core';
import { DEMO_STUDIES, demoStudyFiles } from '../../demo/studies';
import { storeFiles } from '../../server/stow';
import { hostWindow } from './harness/hostWindow';
import { openInMode } from './harness/panel';
import { waitUntilRendered } from './harness/viewer';
import { viewerTests } from './harness/viewerTest';

const [, { ids, ...STUDY }] = DEMO_STUDIES;

describe('a drawing', () => {
  const viewerTest = viewerTests((server) =>
    storeFiles(server.dicomweb, demoStudyFiles({ ids, ...STUDY }).values()),
  );

  viewerTest(
    'of a tab that is killed is offered to the next one, restored voxel for voxel, and gone once discarded',
    async ({ page, server, errors }) => {
      await openInMode(page, server.url, ids.study);
      await waitUntilRendered(page);
      await page.getByRole('button', { name: 'Draw it…' }).click();
      // The viewer's drawing tools take the place of our panel.
      await page.waitForFunction(
        (host) =>
          host.cornerstoneTools?.segmentation.state
            .getSegmentations()
            .some(({ segmentationId }) => segmentationId?.startsWith('sts-habitat-tumour:')),
        await hostWindow(page),
      );
      const drawn = await draw(page);
      expect(drawn).toBeGreaterThan(1000);
      await untilKept(page);
      const context = page.context();
      await page.close({ runBeforeUnload: false });

      const next = await context.newPage();
      next.setDefaultTimeout(120_000);
      await openInMode(next, server.url, ids.study);
      await waitUntilRendered(next);
      const offer = next.getByTestId('sts-drawing');
      expect(await offer.textContent()).toMatch(
        /^A contour “Tumour”, drawn on FS T2W TSE ax until .*, is in no stored result\./,
      );
      await next.getByTestId('sts-drawing-restore').click();
      await offer.waitFor({ state: 'detached' });
      expect(await drawnVoxels(next)).toBe(drawn);
      const chosen = next.getByTestId('sts-tumour').locator('option:checked');
      expect(await chosen.textContent()).toBe('Tumour · drawn on FS T2W TSE ax');

      await next.close({ runBeforeUnload: false });
      const last = await context.newPage();
      last.setDefaultTimeout(120_000);
      await openInMode(last, server.url, ids.study);
      await last.getByTestId('sts-drawing').waitFor();
      await last.getByTestId('sts-drawing-discard').click();
      await last.getByTestId('sts-drawing-discard-yes').click();
      await last.getByTestId('sts-drawing').waitFor({ state: 'detached' });
      await last.reload();
      await last.getByTestId('sts-analyse').waitFor();
      expect(await keptDrawings(last)).toBe(0);
      expect(errors).toEqual([]);
    },
  );
});

/** Paints a block on three images as the brush does: into the labelmap, and with its event. */
async function draw(page: Page): Promise<number> {
  return page.evaluate(
    (host) => {
      const { segmentation } = host.cornerstoneTools ?? {};
      const drawing = segmentation?.state
        .getSegmentations()
        .find(({ segmentationId }) => segmentationId?.startsWith('sts-habitat-tumour:'));
      const images = drawing?.representationData.Labelmap?.imageIds ?? [];
      let voxels = 0;
      for (const id of images.slice(10, 13)) {
        const values = host.cornerstone?.cache.getImage(id)?.voxelManager.getScalarData();
        if (!(values instanceof Uint8Array)) throw new Error('no labelmap of bytes');
        for (let i = 20_000; i < 20_700; i++, voxels++) values[i] = 1;
      }
      segmentation?.triggerSegmentationEvents.triggerSegmentationDataModified(
        drawing?.segmentationId ?? '',
      );
      return voxels;
    },
    await hostWindow(page),
  );
}

async function drawnVoxels(page: Page): Promise<number> {
  return page.evaluate(
    (host) => {
      const drawing = host.cornerstoneTools?.segmentation.state
        .getSegmentations()
        .find(({ segmentationId }) => segmentationId?.startsWith('sts-habitat-tumour:'));
      return (drawing?.representationData.Labelmap?.imageIds ?? []).reduce((sum, id) => {
        const values = host.cornerstone?.cache.getImage(id)?.voxelManager.getScalarData() ?? [];
        return sum + Array.from(values).filter((label) => label === 1).length;
      }, 0);
    },
    await hostWindow(page),
  );
}

async function untilKept(page: Page): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if ((await keptDrawings(page)) > 0) return;
    await page.waitForTimeout(100);
  }
  throw new Error('the drawing was not kept');
}

async function keptDrawings(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    const database = await done(indexedDB.open('sts-habitat'));
    try {
      return await done(database.transaction('drawings').objectStore('drawings').count());
    } finally {
      database.close();
    }
  });
}

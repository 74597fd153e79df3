/** What the user keeps when a run is cancelled, and when the archive refuses to store. */
import type { Route } from 'playwright-core';
import { DEMO_STUDIES, demoStudyFiles } from '../../demo/studies';
import { PLUGIN_PATH } from '../../server/appConfig';
import { storeFiles } from '../../server/stow';
import { instancesIn } from './harness/archive';
import { analyse, giveAge, openInMode, store, storeRefused } from './harness/panel';
import { waitUntilRendered } from './harness/viewer';
import { viewerTests } from './harness/viewerTest';

const [STUDY] = DEMO_STUDIES;

/** What the archive, or the way to it, does with a STOW request. */
const FAULTS: readonly { name: string; act: (route: Route) => Promise<void> }[] = [
  ...[401, 403, 404, 409, 500].map((status) => ({
    name: `status ${String(status)}`,
    act: (route: Route) => route.fulfill({ status, body: 'refused by the test' }),
  })),
  { name: 'connection refused', act: (route) => route.abort('connectionrefused') },
  { name: 'time-out', act: (route) => route.abort('timedout') },
];

describe('nothing is lost', () => {
  const viewerTest = viewerTests((server) =>
    storeFiles(server.dicomweb, demoStudyFiles(STUDY).values()),
  );

  viewerTest(
    'a tab that is closed during a run asks first, and the run goes on',
    async ({ page, server }) => {
      await openInMode(page, server.url, STUDY.ids.study);
      await giveAge(page, 61);
      await page.getByTestId('sts-analyse').click();
      await page.locator('[data-testid="sts-stage-register"][data-state="running"]').waitFor();
      const question = page.waitForEvent('dialog');
      await page.close({ runBeforeUnload: true });
      const dialog = await question;
      expect(dialog.type()).toBe('beforeunload');
      await dialog.dismiss();
      expect(await page.getByTestId('sts-cancel').isEnabled()).toBe(true);
      await page.getByTestId('sts-cancel').click();
    },
  );

  viewerTest(
    'Cancel ends the work within a second, and Analyse works again',
    async ({ page, server }) => {
      await openInMode(page, server.url, STUDY.ids.study);
      await giveAge(page, 61);
      await page.getByTestId('sts-analyse').click();
      await page.locator('[data-testid="sts-stage-register"][data-state="running"]').waitFor();
      // The viewer has workers of its own, which come and go.
      const working = page.workers().filter((worker) => worker.url().includes(PLUGIN_PATH));
      expect(working).not.toEqual([]);
      const ended = Promise.all(working.map((worker) => worker.waitForEvent('close')));
      await page.evaluate(() => {
        const button = document.querySelector<HTMLElement>('[data-testid="sts-cancel"]');
        button?.addEventListener('click', () => performance.mark('cancel'));
      });
      await page.getByTestId('sts-cancel').click();
      const milliseconds = await page.waitForFunction(() => {
        const pressed = performance.getEntriesByName('cancel').at(0);
        const running = document.querySelector('[data-testid="sts-cancel"]');
        return pressed && !running ? performance.now() - pressed.startTime : undefined;
      });
      expect(await milliseconds.jsonValue()).toBeLessThan(1000);
      await ended;
      await page.getByTestId('sts-analyse').click();
      await page.locator('[data-testid="sts-stage-register"][data-state="running"]').waitFor();
      await page.getByTestId('sts-cancel').click();
    },
  );

  viewerTest(
    'every refusal of the archive is explained, and Retry stores each object once',
    async ({ page, server }) => {
      const { study } = STUDY.ids;
      const count = async (modality: string) =>
        (await instancesIn(server.dicomweb, study, modality)).length;
      const before = await count('SEG');
      await openInMode(page, server.url, study);
      await waitUntilRendered(page);
      await giveAge(page, 61);
      await analyse(page);

      const sentences = new Set<string>();
      for (const [index, fault] of FAULTS.entries()) {
        await page
          .context()
          .route('**/dicom-web/**', (route) =>
            route.request().method() === 'POST' ? fault.act(route) : route.fallback(),
          );
        const sentence = await storeRefused(page, index === 0 ? 'sts-store' : 'sts-retry');
        await page.context().unroute('**/dicom-web/**');
        process.stderr.write(`${fault.name}: ${sentence}\n`);
        expect(sentence).toMatch(/^[A-Z].+\./);
        sentences.add(sentence);
        expect(await page.getByTestId('sts-results').isVisible()).toBe(true);
        expect(await page.getByTestId('sts-download').isVisible()).toBe(true);
      }
      // Being logged out, forbidden and unreachable are different things to do something about.
      expect(sentences.size).toBeGreaterThan(3);
      expect([await count('SEG'), await count('SR')]).toEqual([before, 0]);

      // The archive stores the first object, and its answer is lost on the way.
      let lost = 0;
      await page.context().route('**/dicom-web/**', async (route) => {
        if (route.request().method() !== 'POST' || lost++ > 0) return route.fallback();
        await route.fetch();
        return route.abort('connectionreset');
      });
      await store(page, 'sts-retry');
      expect(lost).toBeGreaterThan(0);
      expect([await count('SEG'), await count('SR')]).toEqual([before + 1, 1]);
    },
  );
});

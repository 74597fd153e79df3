/**
 * The workers that the chain's worker starts: one for the registration, two or more for the features
 * of a model that asks for many. Cancel ends them all; where the browser does not allow them, the
 * chain's worker does their work and every number is the same.
 */
import type { Page } from 'playwright-core';
import { DEMO_STUDIES, demoStudyFiles } from '../../demo/studies';
import { PLUGIN_PATH } from '../../server/appConfig';
import { storeFiles } from '../../server/stow';
import { everyFeatureModel } from './harness/everyFeatureModel';
import { analyse, giveAge, openInMode } from './harness/panel';
import { viewerTests } from './harness/viewerTest';

const [, STUDY] = DEMO_STUDIES;

/** The ring is large enough for workers, and the registration short. */
const CHOICES = {
  region: 'peritumour',
  coefficient: 1e-6,
  preprocessing: {
    registration: {
      method: 'rigid',
      reference: 'fsT2',
      histogramBins: 32,
      resolutions: 2,
      iterations: 16,
      samples: 512,
    },
  },
} as const;

/** The chain's worker and those that it has started; the viewer has others. */
const ours = (page: Page) => page.workers().filter((worker) => worker.url().includes(PLUGIN_PATH));

async function prepare(page: Page, url: string, classes?: readonly string[]): Promise<void> {
  const body = everyFeatureModel({ ...CHOICES, ...(classes && { classes }) });
  await page
    .context()
    .route('**/models/demonstration.json', (route) =>
      route.fulfill({ contentType: 'application/json', body }),
    );
  await page.addInitScript(keepResult);
  await openInMode(page, url, STUDY.ids.study);
  await giveAge(page, 61);
}

/** In the page: what the chain's worker answers, to the last bit. */
function keepResult(): void {
  const Plain = globalThis.Worker;
  class Watched extends Plain {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      this.addEventListener('message', ({ data }: MessageEvent) => {
        if (data?.type !== 'result') return;
        const { registration, habitats, prognosis, overlays } = data.result;
        const labels = overlays.fsT2.map((plane: { labels: Uint8Array }) => plane.labels.join(''));
        Reflect.set(globalThis, 'found', [registration, habitats, prognosis, labels]);
      });
    }
  }
  globalThis.Worker = Watched;
}

function found(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify(Reflect.get(globalThis, 'found')));
}

describe('workers of the chain', () => {
  const viewerTest = viewerTests((server) =>
    storeFiles(server.dicomweb, demoStudyFiles(STUDY).values()),
  );

  viewerTest('Cancel ends them, and Analyse works again', async ({ page, server }) => {
    await prepare(page, server.url);
    const running = page.locator('[data-testid="sts-stage-features"][data-state="running"]');
    await page.getByTestId('sts-analyse').click();
    await running.waitFor();
    while (ours(page).length < 3) await page.waitForEvent('worker');
    const ended = Promise.all(ours(page).map((worker) => worker.waitForEvent('close')));
    await page.getByTestId('sts-cancel').click();
    await page.getByTestId('sts-cancel').waitFor({ state: 'detached' });
    await ended;
    expect(ours(page)).toEqual([]);
    await page.getByTestId('sts-analyse').click();
    await page.locator('[data-testid="sts-stage-register"][data-state="running"]').waitFor();
    await page.getByTestId('sts-cancel').click();
  });

  viewerTest('without them every number is the same', async ({ page, server }) => {
    await prepare(page, server.url, ['firstorder', 'gldm']);
    const started: string[] = [];
    page.on('worker', (worker) => started.push(worker.url()));
    const startedByChain = () => started.filter((url) => url.includes(PLUGIN_PATH)).slice(1);
    await analyse(page);
    const withWorkers = await found(page);
    expect(startedByChain().length).toBeGreaterThan(2);

    const [chain] = started.filter((url) => url.includes(PLUGIN_PATH));
    await page.context().route(chain, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), 'content-security-policy': "worker-src 'none'" };
      await route.fulfill({ response, headers });
    });
    started.length = 0;
    await prepare(page, server.url, ['firstorder', 'gldm']);
    await analyse(page);
    expect(startedByChain()).toEqual([]);
    expect(await found(page)).toBe(withWorkers);
  });
});

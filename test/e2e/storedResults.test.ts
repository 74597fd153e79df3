/** What the panel does with results that are stored, with one that a crash left behind, and with an
 * archive that takes nothing. */
import { readFileSync } from 'node:fs';
import type { Page, Route } from 'playwright-core';
import { DEMO_STUDIES, demoStudyFiles } from '../../demo/studies';
import { storeFiles } from '../../server/stow';
import type { AnalysisResult } from '../../src/chain/analysis';
import { parseInstance } from '../../src/dicom/instance';
import { readReport } from '../../src/dicom/sr/readReport';
import { reportIdentity } from '../../src/dicom/sr/reportIdentity';
import { hashModel } from '../../src/model/hashModel';
import type { Model } from '../../src/model/schema';
import { instancesIn, retrieve } from './harness/archive';
import { stsHabitat } from './harness/command';
import { hostWindow } from './harness/hostWindow';
import { overlayVoxels } from './harness/overlay';
import { giveAge, openInMode } from './harness/panel';
import type { TestServer } from './harness/server';
import { waitUntilRendered } from './harness/viewer';
import { viewerTests } from './harness/viewerTest';
import { scored } from '../fixtures/scored';

const [, { ids, ...STUDY }] = DEMO_STUDIES;
const MODEL = 'models/demonstration.json';

type Printed = Omit<AnalysisResult, 'overlays' | 'objects'>;

/** The command analyses and stores, as a night run of a site would. */
function analyseAndStore({ dicomweb }: TestServer): Printed {
  const output = stsHabitat(
    'analyse',
    ...['--dicomweb', dicomweb, '--study', ids.study, '--model', MODEL, '--age', '61'],
    ...['--store', '--json'],
  );
  return JSON.parse(output) as Printed;
}

const STOW = '**/dicom-web/studies';
const isStow = (route: Route): boolean => route.request().method() === 'POST';

describe('results in the archive', () => {
  let first: Printed;
  const viewerTest = viewerTests(async (server) => {
    await storeFiles(server.dicomweb, demoStudyFiles({ ids, ...STUDY }).values());
    first = analyseAndStore(server);
  });

  viewerTest(
    'a stored result is shown without computing, a changed model is said, and the text view opens the report',
    async ({ page, server, errors, screenshot }) => {
      await openInMode(page, server.url, ids.study);
      await page.getByTestId('sts-stored-state').waitFor();
      await waitUntilRendered(page);
      const { habitats, tumour, ring } = first;
      const prognosis = scored(first.prognosis);
      expect(await page.getByTestId('sts-rprs').textContent()).toBe(
        prognosis.rprs.toFixed(3).replace('-', '−'),
      );
      expect(await page.getByTestId('sts-group').getAttribute('data-group')).toBe(prognosis.group);
      for (const [i, { name, volumeMm3, fraction }] of habitats.entries()) {
        const row = (await page.getByTestId(`sts-habitat-${i + 1}`).textContent()) ?? '';
        const ml = volumeMm3 / 1000;
        expect(row).toContain(name);
        expect(row).toContain(`${ml.toFixed(ml < 10 ? 2 : 1)}${(fraction * 100).toFixed(1)} %`);
      }
      const stored = (await page.getByTestId('sts-results').textContent()) ?? '';
      for (const { risk } of prognosis.risks) expect(stored).toContain((risk * 100).toFixed(0));
      // No stage has run: the list of stages is not even there.
      expect(await page.locator('.sts-stages').count()).toBe(0);
      const voxels = await overlayVoxels(page, ids.fsT2Series);
      expect(voxels).toEqual([...habitats.map((habitat) => habitat.voxels), 0, ring.voxels]);
      expect(voxels.slice(0, 4).reduce((sum, count) => sum + count, 0)).toBe(tumour.voxels);
      expect(
        (await overlayVoxels(page, ids.ceT1Series)).every((count, i) => i === 3 || count > 0),
      ).toBe(true);
      await screenshot('stored result');
      expect(await page.getByTestId('sts-stored-caution').count()).toBe(0);
      expect(errors).toEqual([]);

      const other = { ...(JSON.parse(readFileSync(MODEL, 'utf8')) as Model), name: 'Other model' };
      const model = { ...other, hash: hashModel(other) };
      await page.getByTestId('sts-model').setInputFiles({
        name: 'other.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(model)),
      });
      const caution = page.getByTestId('sts-stored-caution');
      await caution.waitFor();
      expect(await caution.textContent()).toMatch(
        /the model loaded now, Other model .* is another/,
      );
      await screenshot('stored result of another model');

      // The viewer's own text view opens our report.
      await openReport(page);
      await page.getByText('Radiomics progression risk score').first().waitFor();
      await screenshot('text view of the report');
      // Images that were on their way into the viewport that the report takes are given up by the viewer.
      expect(errors.filter((error) => !error.includes('IMAGE_LOAD_ERROR'))).toEqual([]);
    },
  );

  viewerTest(
    'a tab killed between SEG and SR loses nothing: a later one stores each once, as successor',
    async ({ page, server }) => {
      const count = async (): Promise<[number, number]> => [
        (await instancesIn(server.dicomweb, ids.study, 'SEG')).length,
        (await instancesIn(server.dicomweb, ids.study, 'SR')).length,
      ];
      const [segs, srs] = await count();
      const earlier = (await reports(server)).map(({ identity }) => identity.sopInstanceUid);
      await openInMode(page, server.url, ids.study);
      await page.getByTestId('sts-stored-state').waitFor();
      await giveAge(page, 61);
      await page.getByTestId('sts-analyse').click();
      await page
        .locator('[data-testid="sts-store"][data-phase="idle"]')
        .waitFor({ timeout: 300_000 });
      const context = page.context();
      await killBetweenObjects(page);
      expect(await count()).toEqual([segs + 1, srs]);

      // The next tab finds an archive that has become read-only.
      await context.route(STOW, (route) =>
        isStow(route) ? route.fulfill({ status: 405, body: '' }) : route.fallback(),
      );
      const next = await context.newPage();
      next.setDefaultTimeout(300_000);
      await openInMode(next, server.url, ids.study);
      const offer = next.getByTestId('sts-kept');
      await offer.waitFor();
      expect(await offer.textContent()).toMatch(/A finished result of .* has not been stored\./);
      const readOnly = next.getByTestId('sts-read-only-before');
      await readOnly.waitFor();
      expect(await readOnly.textContent()).toMatch(
        /^Results cannot be stored here: this archive is read-only; download them instead/,
      );
      expect(await next.getByTestId('sts-kept-store').isDisabled()).toBe(true);
      const file = next.waitForEvent('download');
      await next.getByTestId('sts-kept-download').click();
      expect((await file).suggestedFilename()).toMatch(/^sts-habitat-S(EG|R)-2\.25\.\d+\.dcm$/);
      await copyKeptResult(next);
      await next.screenshot({ path: '.data/e2e/offer-in-a-read-only-archive.png' });
      await context.unroute(STOW);

      // And the one after that stores, although the login has run out meanwhile.
      await next.reload();
      await next.getByTestId('sts-stored-state').waitFor();
      expect(await offer.count()).toBe(2);
      await offer.last().getByTestId('sts-kept-discard').click();
      await offer.last().getByTestId('sts-kept-discard-no').click();
      expect(await offer.count()).toBe(2);
      await offer.last().getByTestId('sts-kept-discard').click();
      await offer.last().getByTestId('sts-kept-discard-yes').click();
      await expireLogin(next);
      await offer.getByTestId('sts-kept-store').click();
      // Not the words for the stored result that was shown before.
      await next.getByText('both objects were read back and are equal').waitFor();
      expect(await count()).toEqual([segs + 1, srs + 1]);
      const all = await reports(server);
      const newest = all.find(({ identity }) => !earlier.includes(identity.sopInstanceUid));
      const previous = all.find(({ identity }) => earlier.includes(identity.sopInstanceUid));
      expect(newest?.identity.predecessors).toEqual(earlier);
      expect(newest?.tracking).toEqual(previous?.tracking);

      await next.reload();
      await next.getByTestId('sts-stored-state').waitFor();
      // Series are listed one by one: the newest may come last.
      await next.waitForFunction(
        (uid) =>
          document.querySelector<HTMLSelectElement>('[data-testid="sts-stored"]')?.value === uid,
        newest?.identity.sopInstanceUid,
      );
      expect(await offer.count()).toBe(0);
    },
  );
});

/** The SEG is stored, the connection is lost before the SR, and the tab is gone without a word. */
async function killBetweenObjects(page: Page): Promise<void> {
  const context = page.context();
  let sent = 0;
  await context.route(STOW, (route) =>
    isStow(route) && sent++ > 0 ? route.abort('connectionreset') : route.fallback(),
  );
  await page.getByTestId('sts-store').click();
  await page.getByTestId('sts-retry').waitFor();
  await page.close({ runBeforeUnload: false });
  await context.unroute(STOW);
}

/** A second result in this browser, the later of the two, so that one of them can be discarded. */
async function copyKeptResult(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    type Kept = {
      id: string;
      result: { provenance: { startedAt: string }; objects: { sopInstanceUid: string }[] };
    };
    const database = await done(indexedDB.open('sts-habitat'));
    const results = database.transaction('results', 'readwrite').objectStore('results');
    const [kept] = (await done(results.getAll())) as Kept[];
    if (!kept) throw new Error('nothing is kept');
    const id = `${kept.id}1`;
    const objects = kept.result.objects.map((object) =>
      object.sopInstanceUid === kept.id ? { ...object, sopInstanceUid: id } : object,
    );
    const provenance = { ...kept.result.provenance, startedAt: '2099-01-01T00:00:00Z' };
    await done(results.put({ ...kept, id, result: { ...kept.result, objects, provenance } }));
    database.close();
  });
}

async function reports({ dicomweb }: TestServer) {
  const found = await instancesIn(dicomweb, ids.study, 'SR');
  const files = await Promise.all(found.map(retrieve));
  return files.map((file) => {
    const { dataset } = parseInstance(new Uint8Array(file).buffer);
    return { identity: reportIdentity(dataset), tracking: readReport(dataset).tracking };
  });
}

/** Puts our report into the active viewport, as a double click on its thumbnail does. */
async function openReport(page: Page): Promise<void> {
  await page.evaluate(
    (host) => {
      const { displaySetService, viewportGridService } = host.services ?? {};
      const report = displaySetService
        ?.getActiveDisplaySets()
        .find(({ Modality }) => Modality === 'SR');
      if (!report || !viewportGridService) throw new Error('the viewer lists no report');
      viewportGridService.setDisplaySetsForViewport({
        viewportId: viewportGridService.getActiveViewportId(),
        displaySetInstanceUIDs: [report.displaySetInstanceUID],
      });
    },
    await hostWindow(page),
  );
}

/** From now on the archive wants a new token, which the viewer has once it is told. */
async function expireLogin(page: Page): Promise<void> {
  await page.evaluate(
    (host) => {
      let token = 'old';
      host.services?.userAuthenticationService.setServiceImplementation({
        getAuthorizationHeader: () => ({ Authorization: `Bearer ${token}` }),
        handleUnauthenticated: () => {
          token = 'new';
          return null;
        },
      });
    },
    await hostWindow(page),
  );
  await page.context().route('**/dicom-web/**', (route) => {
    const { authorization } = route.request().headers();
    return authorization === 'Bearer old' ? route.fulfill({ status: 401 }) : route.fallback();
  });
}

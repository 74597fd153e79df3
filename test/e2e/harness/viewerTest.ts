import type { Browser } from 'playwright-core';
import { launchBrowser, openPage, type WatchedPage } from './browser';
import { startServer, type TestServer } from './server';

export interface Scene extends WatchedPage {
  readonly server: TestServer;
}

/**
 * One server and one browser for a file of tests, a fresh page for each test. A test that fails
 * leaves a screenshot in .data/e2e; every test checks that the page spoke to its server only.
 */
export function viewerTests(
  prepare: (server: TestServer) => Promise<void>,
  environment: NodeJS.ProcessEnv = {},
): (name: string, body: (scene: Scene) => Promise<void>) => void {
  let server: TestServer | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    server = await startServer(environment);
    await prepare(server);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  return (name, body) => {
    test(name, async () => {
      if (!server || !browser) throw new Error('the server or the browser did not start');
      const watched = await openPage(browser, server.url);
      try {
        await body({ ...watched, server });
        expect(watched.foreignRequests).toEqual([]);
      } catch (error) {
        const file = await watched.screenshot(name).catch(() => 'none, the page was closed');
        process.stderr.write(`${name}: screenshot ${file}\n${watched.errors.join('\n')}\n`);
        throw error;
      } finally {
        await watched.page.context().close();
      }
    });
  };
}

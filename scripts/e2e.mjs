// npm run test:e2e: sets up what is missing, then drives the viewer in a browser.
import { ensureBuilt } from './setup/build.mjs';
import { ARCHIVE, BROWSER, ensureDebianPackages, VALIDATORS } from './setup/debian.mjs';
import { jest } from './setup/jest.mjs';
import { main } from './setup/main.mjs';
import { ensureNodePackages } from './setup/nodePackages.mjs';
import { ensureOtherViewers, ensureViewer } from './setup/viewer.mjs';

await main(async () => {
  await Promise.all([
    ensureNodePackages().then(() => ensureBuilt()),
    ensureViewer().then(() => ensureOtherViewers()),
    ensureDebianPackages({ ...ARCHIVE, ...BROWSER, ...VALIDATORS }),
  ]);
  process.exitCode = await jest(['--config', 'test/e2e/jest.config.js', ...process.argv.slice(2)]);
});

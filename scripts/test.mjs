// npm test: sets up what is missing, then runs all tests but the browser's.
import { ensureDebianPackages, VALIDATORS } from './setup/debian.mjs';
import { jest } from './setup/jest.mjs';
import { main } from './setup/main.mjs';
import { ensureNodePackages } from './setup/nodePackages.mjs';

await main(async () => {
  await Promise.all([ensureNodePackages(), ensureDebianPackages(VALIDATORS)]);
  process.exitCode = await jest(process.argv.slice(2));
});

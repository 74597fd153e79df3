#!/usr/bin/env node
// The command is built from cli/ and src/; a checkout without a current build gets one first.
import { ensureBuilt } from '../scripts/setup/build.mjs';
import { main } from '../scripts/setup/main.mjs';

await main(async () => {
  await ensureBuilt(['node']);
  await import('../dist/node/sts-habitat.js');
});

// npm start: sets up what is missing, then runs the server in this process.
import { ensureBuilt } from './setup/build.mjs';
import { ARCHIVE, ensureDebianPackages } from './setup/debian.mjs';
import { main } from './setup/main.mjs';
import { ensureNodePackages } from './setup/nodePackages.mjs';
import { ensureViewer } from './setup/viewer.mjs';

await main(async () => {
  const ownArchive = !process.env.STS_DICOMWEB_URL && !process.env.STS_ORTHANC;
  await Promise.all([
    ensureNodePackages().then(() => ensureBuilt()),
    ensureViewer(),
    ownArchive ? ensureDebianPackages(ARCHIVE) : undefined,
  ]);
  await import('../dist/node/serve.js');
});

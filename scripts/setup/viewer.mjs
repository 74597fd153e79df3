import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root, run } from './run.mjs';
import { say, timed } from './say.mjs';

const store = path.join(root, '.data/viewer');

/** The prebuilt viewer in `.data/viewer/<version>/`; docs/decisions/0001 says why this way. */
export function ensureViewer() {
  return ensure(read('server/viewer.json'));
}

/** The other versions that the browser tests run on. One that cannot be fetched is said, and its tests skip. */
export async function ensureOtherViewers() {
  for (const viewer of read('test/e2e/viewers.json')) {
    try {
      await ensure(viewer);
    } catch (error) {
      say(`! viewer ${viewer.version}: ${error.message} Its tests are skipped.`);
    }
  }
}

function read(file) {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

async function ensure(viewer) {
  const folder = path.join(store, viewer.version);
  if (existsSync(path.join(folder, 'index.html'))) return;
  await timed(`viewer ${viewer.package} ${viewer.version}`, async () => {
    const work = path.join(store, `fetching-${process.pid}-${viewer.version}`);
    mkdirSync(work, { recursive: true });
    try {
      const tarball = await fetchPackage(viewer, work);
      const unpacked = path.join(work, 'dist');
      mkdirSync(unpacked);
      await run('tar', [
        ...['-xzf', tarball, '-C', unpacked, '--strip-components=2'],
        ...['--exclude=*.map', 'package/dist'],
      ]);
      rmSync(folder, { recursive: true, force: true });
      renameSync(unpacked, folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
}

async function fetchPackage(viewer, folder) {
  const name = `${viewer.package}@${viewer.version}`;
  await run(
    'npm',
    ['pack', name, '--pack-destination', folder, '--ignore-scripts', '--loglevel=error'],
    { stdout: 'ignore' },
  );
  const file = `${viewer.package.replace('@', '').replace('/', '-')}-${viewer.version}.tgz`;
  const tarball = path.join(folder, file);
  const sha512 = createHash('sha512').update(readFileSync(tarball)).digest('base64');
  if (`sha512-${sha512}` !== viewer.integrity)
    throw new Error(
      `${name} is not the package that was pinned: expected ${viewer.integrity}, got sha512-${sha512}.`,
    );
  return tarball;
}

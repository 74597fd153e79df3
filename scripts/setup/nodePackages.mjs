import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, run } from './run.mjs';
import { timed } from './say.mjs';

/** `npm ci`, unless node_modules holds what package-lock.json asks for. */
export async function ensureNodePackages() {
  if (isCurrent()) return;
  await timed('npm packages', () => run('npm', ['ci', '--loglevel=error']));
}

/** npm notes what it installed in node_modules/.package-lock.json. */
function isCurrent() {
  const noted = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(noted)) return false;
  const installed = packagesOf(noted);
  return Object.entries(packagesOf(path.join(root, 'package-lock.json'))).every(
    ([name, { version, optional, devOptional, link }]) =>
      !name.startsWith('node_modules/') ||
      link ||
      (installed[name] ? installed[name].version === version : optional || devOptional),
  );
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

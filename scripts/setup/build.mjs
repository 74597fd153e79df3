import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, run } from './run.mjs';
import { timed } from './say.mjs';

/** What is built: names of webpack.config.js, the sources that they see, and a file of each. */
export const PARTS = {
  plugin: {
    configurations: ['extension', 'mode'],
    sources: ['src', 'extension', 'mode', 'charts', 'models'],
    results: ['dist/plugin/extension.js', 'dist/plugin/mode.js'],
  },
  node: {
    configurations: ['node'],
    sources: ['src', 'cli', 'report', 'charts', 'demo', 'server', 'models'],
    results: ['serve', 'load-demo', 'sts-habitat'].map((name) => `dist/node/${name}.js`),
  },
};
const TOOLCHAIN = ['webpack.config.js', '.webpack', '.swcrc', 'package.json', 'package-lock.json'];

/** Builds the parts whose sources changed since they were built. */
export async function ensureBuilt(names = Object.keys(PARTS)) {
  const stale = names.filter((name) => !isCurrent(name));
  if (stale.length === 0) return;
  const stamps = stale.map((name) => [stampFile(name), stampOf(name)]);
  const configurations = stale.flatMap((name) => PARTS[name].configurations);
  await timed(`build of ${configurations.join(', ')}`, () =>
    run(process.execPath, [
      path.join(root, 'node_modules/webpack/bin/webpack.js'),
      ...['--mode', 'production', '--stats', 'errors-only'],
      ...configurations.flatMap((name) => ['--config-name', name]),
    ]),
  );
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  for (const [file, stamp] of stamps) writeFileSync(file, stamp);
}

function isCurrent(name) {
  const file = stampFile(name);
  return (
    PARTS[name].results.every((result) => existsSync(path.join(root, result))) &&
    existsSync(file) &&
    readFileSync(file, 'utf8') === stampOf(name)
  );
}

function stampFile(name) {
  return path.join(root, `dist/.${name}-stamp`);
}

/** Changes with every file that is added, removed or written, and when the checkout is moved. */
function stampOf(name) {
  const hash = createHash('sha256').update(root);
  for (const entry of [...PARTS[name].sources, ...TOOLCHAIN])
    for (const file of filesIn(path.join(root, entry))) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${file} ${size} ${mtimeMs}\n`);
    }
  return hash.digest('hex');
}

function filesIn(entry) {
  if (!existsSync(entry)) return [];
  if (!statSync(entry).isDirectory()) return [entry];
  return readdirSync(entry)
    .sort()
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => filesIn(path.join(entry, name)));
}

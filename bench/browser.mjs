/**
 * node bench/browser.mjs [VOXELS [BUNDLES]]: preset `full` in headless Chromium, with the plugin's own bundle
 * settings and, to compare, with others. CPU seconds and peak memory are those of the renderer process.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pluginConfig } from '../.webpack/plugin.js';
import { build, renderer, withPage } from './chromium.mjs';

const voxels = Number(process.argv[2] ?? 365_000);
const only = Number(process.argv[3] ?? 3);
const plain = pluginConfig('page', './bench/page.ts');
const minified = (javascript) => ({ ...plain, optimization: { minimizeOptions: { javascript } } });
const BUNDLES = {
  'as the plugin': plain,
  'not minified': { ...plain, optimization: { minimize: false } },
  "terser's defaults": minified({ compress: { passes: 2 } }),
};

let first;
for (const [name, config] of Object.entries(BUNDLES).slice(0, only)) {
  const folder = await mkdtemp(path.join(tmpdir(), 'sts-bench-'));
  await build(config, folder);
  for (const workers of [1, 2]) console.log(name, await measure(folder, workers));
  await rm(folder, { recursive: true });
}

function measure(folder, workers) {
  return withPage(folder, async (page) => {
    const runs = [];
    // The first run compiles.
    for (let i = 0; i < 2; i++) {
      const start = renderer().cpu;
      const found = await page.evaluate(
        ([n, count]) => globalThis.measure(n, count),
        [voxels, workers],
      );
      const cpu = (renderer().cpu - start).toFixed(2);
      runs.push({ cpu, elapsed: found.seconds.toFixed(2), started: found.started });
      first ??= found.values;
      if (found.values !== first) throw new Error('The values depend on the workers.');
    }
    return { workers, cold: runs[0], warm: runs[1], mb: renderer().peak };
  });
}

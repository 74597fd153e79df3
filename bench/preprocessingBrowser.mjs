/**
 * npm run bench -- preprocessing browser [RUNS]: the same pair in headless Chromium, with the bundle that
 * webpack makes for the plugin, in the chain's worker; a fresh browser for each run.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { pluginConfig } from '../.webpack/plugin.js';
import { shippedFiles } from '../.webpack/shippedFiles.js';
import { build, renderer, withPage } from './chromium.mjs';
import { limb } from './limb';

const runs = Number(process.argv[4] ?? 3);

const folder = await mkdtemp(path.join(tmpdir(), 'sts-bench-'));
try {
  const plugins = [shippedFiles];
  await build(pluginConfig('page', './bench/preprocessingPage.ts', { plugins }), folder);
  await writeLimb();
  const found = new Set();
  for (const nested of [true, false]) {
    for (let run = 0; run < runs; run++) found.add(await measure(nested));
  }
  if (found.size > 1) throw new Error('The habitats depend on the workers.');
} finally {
  await rm(folder, { recursive: true });
}

/** The browser has the images from a server, as the viewer has them. */
async function writeLimb() {
  const study = limb();
  const { fsT2, ceT1 } = study.series;
  const arrays = { fsT2: fsT2.volume.data, ceT1: ceT1.volume.data, tumour: study.tumour.mask.data };
  for (const [name, data] of Object.entries(arrays)) {
    await writeFile(path.join(folder, `${name}.bin`), data);
  }
  const text = JSON.stringify(study, (key, value) => (key === 'data' ? null : value));
  await writeFile(path.join(folder, 'study.json'), text);
}

/** Prints a row and returns a hash of the habitats. */
function measure(nested) {
  return withPage(folder, async (page) => {
    const start = renderer().cpu;
    const found = await page.evaluate((on) => globalThis.measure(on), nested);
    const { cpu, peak } = renderer();
    const stages = found.stages.map(([stage, time]) => `${stage} ${time.toFixed(2)}`);
    console.log(
      `${nested ? 'nested worker' : 'one worker'}: ${found.elapsed.toFixed(2)} s elapsed,`,
      `${(cpu - start).toFixed(2)} CPU s, peak ${peak} MB, load ${loadavg()[0].toFixed(1)}:`,
      stages.join(', '),
    );
    return found.hash;
  });
}

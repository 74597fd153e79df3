/**
 * node bench/browser.mjs [VOXELS]: preset `full` in headless Chromium, with the plugin's own bundle
 * settings and, to compare, with others. CPU seconds and peak memory are those of the renderer process.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import webpack from 'webpack';
import { pluginConfig } from '../.webpack/plugin.js';

const voxels = Number(process.argv[2] ?? 365_000);
const plain = pluginConfig('page', './bench/page.ts');
const minified = (javascript) => ({ ...plain, optimization: { minimizeOptions: { javascript } } });
const BUNDLES = {
  'as the plugin': plain,
  'not minified': { ...plain, optimization: { minimize: false } },
  'without inlining': minified({ compress: { inline: false, reduce_funcs: false } }),
  "terser's defaults": minified({ compress: { passes: 2 } }),
};

const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
for (const [name, config] of Object.entries(BUNDLES)) {
  const folder = await mkdtemp(path.join(tmpdir(), 'sts-bench-'));
  await build({ ...config, mode: 'production', output: { ...config.output, path: folder } });
  for (const workers of [1, 2]) console.log(name, await measure(folder, workers));
  await rm(folder, { recursive: true });
}

function build(config) {
  return new Promise((resolve, reject) =>
    webpack(config, (error, stats) =>
      error || stats.hasErrors() ? reject(error ?? new Error(stats.toString())) : resolve(),
    ),
  );
}

/** A fresh browser each time: its processes start with no memory and nothing compiled. */
async function measure(folder, workers) {
  const browser = await chromium.launch({
    executablePath: process.env.STS_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    await page.route('http://bench.test/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') {
        const body = '<script type="module" src="/page.js"></script>';
        return route.fulfill({ contentType: 'text/html', body });
      }
      const body = await readFile(path.join(folder, pathname));
      return route.fulfill({ contentType: 'text/javascript', body });
    });
    await page.goto('http://bench.test/');
    await page.waitForFunction(() => 'measure' in globalThis);
    const region = await page.evaluate((n) => globalThis.prepare(n), voxels);
    const before = renderer();
    const runs = [];
    // The first run compiles.
    for (let i = 0; i < 2; i++) {
      const start = renderer().cpu;
      const { seconds } = await page.evaluate((n) => globalThis.measure(n), workers);
      runs.push({ cpu: (renderer().cpu - start).toFixed(2), elapsed: seconds.toFixed(2) });
    }
    return {
      region,
      workers,
      cold: runs[0],
      warm: runs[1],
      mb: `${before.peak} -> ${renderer().peak}`,
    };
  } finally {
    await browser.close();
  }
}

/** CPU seconds and peak resident MB of the busiest renderer below this process. */
function renderer() {
  const processes = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        return [
          { pid, parent: fields[1], command, cpu: (+fields[11] + +fields[12]) / ticks, peak },
        ];
      } catch {
        return []; // It has ended meanwhile.
      }
    });
  const below = new Set([String(process.pid)]);
  for (let size = 0; size !== below.size;) {
    size = below.size;
    for (const { pid, parent } of processes) if (below.has(parent)) below.add(pid);
  }
  const ours = processes.filter(
    ({ pid, command }) => below.has(pid) && command.includes('--type=renderer'),
  );
  const busiest = ours.sort((a, b) => b.cpu - a.cpu)[0];
  return { cpu: busiest.cpu, peak: Math.round(Number(busiest.peak) / 1024) };
}

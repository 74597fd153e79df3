/**
 * node bench/browser.mjs [VOXELS [BUNDLES]]: preset `full` in headless Chromium, with the plugin's own bundle
 * settings and, to compare, with others. CPU seconds and peak memory are those of the renderer process.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import webpack from 'webpack';
import { pluginConfig } from '../.webpack/plugin.js';

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
const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
for (const [name, config] of Object.entries(BUNDLES).slice(0, only)) {
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

/** Nested workers ask the network themselves, so the files need a server of their own. */
async function serve(folder) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    if (pathname === '/') {
      response.setHeader('content-type', 'text/html');
      response.end('<script type="module" src="/page.js"></script>');
      return;
    }
    readFile(path.join(folder, path.basename(pathname))).then(
      (body) => {
        response.setHeader('content-type', 'text/javascript');
        response.end(body);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** A fresh browser each time: its processes start with no memory and nothing compiled. */
async function measure(folder, workers) {
  const server = await serve(folder);
  const browser = await chromium.launch({
    executablePath: process.env.STS_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => 'measure' in globalThis);
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
  } finally {
    await browser.close();
    server.close();
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

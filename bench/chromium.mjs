/** What the benches in headless Chromium share: a bundle, a server for it, and the renderer's figures. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';
import webpack from 'webpack';

const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** The production bundle of a plugin configuration, in a folder. */
export function build(config, folder) {
  const complete = { ...config, mode: 'production', output: { ...config.output, path: folder } };
  return new Promise((resolve, reject) =>
    webpack(complete, (error, stats) =>
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
    readFile(path.join(folder, path.normalize(pathname))).then(
      (body) => {
        if (pathname.endsWith('.js')) response.setHeader('content-type', 'text/javascript');
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
export async function withPage(folder, work) {
  const server = await serve(folder);
  const browser = await chromium.launch({
    executablePath: process.env.STS_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => 'measure' in globalThis);
    return await work(page);
  } finally {
    await browser.close();
    server.close();
  }
}

/** CPU seconds and peak resident MB of the busiest renderer below this process. */
export function renderer() {
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

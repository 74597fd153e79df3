import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

/** WebGL in software, and none of the browser's own talk with its maker. */
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];
const SCREENSHOTS = path.resolve('.data/e2e');

export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['STS_CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath))
    throw new Error(`No browser at ${executablePath}: set STS_CHROMIUM to Chromium or Chrome.`);
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

/** A page and what went wrong in it, seen from outside. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors on the console, exceptions that nobody caught, requests that were refused. */
  readonly errors: string[];
  /** Requests to any other host than the server. */
  readonly foreignRequests: string[];
  screenshot(name: string): Promise<string>;
}

export async function openPage(browser: Browser, origin: string): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const errors: string[] = [];
  const foreignRequests: string[] = [];
  page.on('console', (message) => {
    // The browser's own line about a refused request lacks the address: the response has it.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(message.text());
  });
  context.on('response', (response) => {
    if (response.status() >= 400) errors.push(`${String(response.status())} ${response.url()}`);
  });
  page.on('pageerror', (error) => errors.push(error.message));
  // Of the context, not of the page: requests of workers count too.
  context.on('request', (request) => {
    const { protocol, origin: target } = new URL(request.url());
    if (protocol !== 'blob:' && protocol !== 'data:' && target !== origin)
      foreignRequests.push(request.url());
  });
  return {
    page,
    errors,
    foreignRequests,
    screenshot: async (name) => {
      mkdirSync(SCREENSHOTS, { recursive: true });
      const file = path.join(SCREENSHOTS, `${name.replace(/[^\w.-]+/g, '-')}.png`);
      await page.screenshot({ path: file });
      return file;
    },
  };
}

import type { Page } from 'playwright-core';
import { browserProcesses } from './processes';

const INTERVAL_MS = 50;

/**
 * Resident memory of the tab (the renderer process below this one that uses most, Linux) while `work`
 * runs: before it, and the most while each stage of the panel ran.
 */
export async function watchMemory<T>(
  page: Page,
  work: () => Promise<T>,
): Promise<{ result: T; memory: string[] }> {
  const most = new Map<string, number>();
  let [stage, watching] = ['before', true];
  const sample = (): void => {
    most.set(stage, Math.max(most.get(stage) ?? 0, residentMb()));
  };
  sample();
  const timer = setInterval(sample, INTERVAL_MS);
  const watch = async (): Promise<void> => {
    while (watching) {
      stage = await runningStage(page);
      await page.waitForTimeout(INTERVAL_MS);
    }
  };
  const watched = watch();
  try {
    const result = await work();
    return {
      result,
      memory: [
        `peak resident memory of the tab: ${Math.max(...most.values()).toFixed(0)} MB`,
        ...[...most].map(([name, mb]) => `  ${name}: ${mb.toFixed(0)} MB`),
      ],
    };
  } finally {
    watching = false;
    clearInterval(timer);
    await watched;
  }
}

function runningStage(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      document.querySelector('[data-testid^="sts-stage-"][data-state="running"] .sts-stage-label')
        ?.textContent ?? 'no stage runs',
  );
}

function residentMb(): number {
  const resident = browserProcesses()
    .filter(({ command }) => command.includes('--type=renderer'))
    .map(({ residentMb }) => residentMb);
  return Math.max(...resident);
}

import type { Page } from 'playwright-core';

/** Opens a study in our mode and waits until the panel knows its series and its model. */
export async function openInMode(page: Page, url: string, study: string): Promise<void> {
  await page.goto(`${url}/sts-habitat?StudyInstanceUIDs=${study}`);
  await page.getByTestId('sts-panel').waitFor();
  await page.waitForFunction(() => {
    const chosen = (id: string) =>
      document.querySelector<HTMLSelectElement>(`[data-testid="${id}"]`)?.value;
    const hasModel = document.querySelector('.sts-model-card') !== null;
    return hasModel && chosen('sts-fsT2') && chosen('sts-ceT1') && chosen('sts-tumour');
  });
}

/** The study's age, or this one where the study gives none. */
export async function giveAge(page: Page, years: number): Promise<void> {
  const field = page.getByTestId('sts-age');
  if ((await field.inputValue()) === '') await field.fill(String(years));
}

/** Presses Analyse and waits for the results; a refusal or failure is thrown as it is shown. */
export async function analyse(page: Page, limitMs?: number): Promise<string[]> {
  await page.getByTestId('sts-analyse').click();
  await firstOf(page, 'sts-results', limitMs);
  return page.locator('[data-testid^="sts-stage-"]').evaluateAll((rows) =>
    rows.map((row) => {
      const text = (part: string) => row.querySelector(part)?.textContent ?? '';
      return `${text('.sts-stage-label')}: ${text('.sts-stage-time')}`;
    }),
  );
}

/** Presses Store (or Retry) and waits until both objects are verified. */
export async function store(page: Page, button: 'sts-store' | 'sts-retry'): Promise<void> {
  await page.getByTestId(button).click();
  await firstOf(page, 'sts-stored');
}

/** Presses Store or Retry and waits for the sentence that says why it failed. */
export async function storeRefused(page: Page, button: 'sts-store' | 'sts-retry'): Promise<string> {
  await page.getByTestId(button).click();
  // The message of the last attempt goes away when the new one begins.
  await page.locator('[data-phase="storing"], [data-phase="stored"]').waitFor();
  await page.locator('[data-phase="failed"], [data-phase="stored"]').waitFor();
  return (await page.getByTestId('sts-error').textContent()) ?? '';
}

async function firstOf(
  page: Page,
  wanted: 'sts-results' | 'sts-stored',
  timeout = 300_000,
): Promise<void> {
  const reached =
    wanted === 'sts-results'
      ? page.getByTestId('sts-results')
      : page.locator('[data-testid="sts-store"][data-phase="stored"]');
  const failed = page.getByTestId('sts-error');
  await reached.or(failed).first().waitFor({ timeout });
  if (await failed.isVisible())
    throw new Error(`The panel says: ${(await failed.textContent()) ?? ''}`);
}

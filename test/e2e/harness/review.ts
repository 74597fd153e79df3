import type { Page } from 'playwright-core';
import { hostWindow } from './hostWindow';

export type Point = readonly [number, number, number];

/** Grey values of the panel's picture, drawn in one mode without the outline. */
export async function pictureIn(
  page: Page,
  mode: 'checkerboard' | 'flicker' | 'blend',
): Promise<number[]> {
  await page.getByTestId(`sts-review-${mode}`).check();
  return picture(page);
}

export async function picture(page: Page): Promise<number[]> {
  return page.getByTestId('sts-review-picture').evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('the picture is no canvas');
    const context = element.getContext('2d');
    const { data } = context?.getImageData(0, 0, element.width, element.height) ?? {};
    return Array.from(data ?? []).filter((_, i) => i % 4 === 0);
  });
}

/** Share of the pixels in which two pictures are alike. */
export function likeness(a: readonly number[], b: readonly number[]): number {
  return a.filter((value, i) => Math.abs(value - b[i]) <= 2).length / a.length;
}

/** Clicks where a viewport shows a point of its series (LPS mm). */
export async function clickAt(page: Page, viewportId: string, point: Point): Promise<void> {
  const [x, y] = await page.evaluate(
    ({ host, id, world }) => {
      const viewport = host.services?.cornerstoneViewportService.getCornerstoneViewport(id);
      if (!viewport) throw new Error(`there is no viewport ${id}`);
      const { left, top } = viewport.element.getBoundingClientRect();
      const [column, row] = viewport.worldToCanvas(world);
      return [left + column, top + row];
    },
    { host: await hostWindow(page), id: viewportId, world: point },
  );
  await page.mouse.click(x, y);
}

/** Where a viewport has the crosshair: LPS mm of its series, and whether on the slice it shows. */
export async function crosshairIn(
  page: Page,
  viewportId: string,
): Promise<{ readonly world: Point; readonly onSlice: boolean }> {
  const found = await page.waitForFunction(
    ({ host, id }) => {
      const viewport = host.services?.cornerstoneViewportService.getCornerstoneViewport(id);
      const mark = viewport?.element.querySelector<SVGElement>('[data-testid="sts-crosshair"]');
      // Both viewports go to the slice of the point first.
      if (mark?.dataset['onSlice'] !== 'true') return undefined;
      return { world: mark.dataset['world']?.split(',').map(Number), onSlice: true };
    },
    { host: await hostWindow(page), id: viewportId },
  );
  const value = await found.jsonValue();
  const [x, y, z] = value?.world ?? [];
  return { world: [x, y, z], onSlice: value?.onSlice === true };
}

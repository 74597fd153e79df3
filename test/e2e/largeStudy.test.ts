/**
 * A 512 x 512 x 80 study with a tumour of some 300 ml, and a model that asks for every feature of
 * every image type of the tumour: with workers, what they return is what one worker returns; the
 * memory of the tab is reported. It takes minutes, so it runs when asked for:
 * `STS_LARGE_STUDY=1 npm run test:e2e -- largeStudy`. With a folder instead of 1, the study is
 * written there once and read from there in later runs.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { simulateStudy } from '../../demo/simulateStudy';
import { studyIds } from '../../demo/studyIds';
import { writeStudy } from '../../demo/writeStudy';
import { storeFiles } from '../../server/stow';
import { filesBelow, studiesIn } from './harness/archive';
import { everyFeatureModel } from './harness/everyFeatureModel';
import { reportFigures } from './harness/figures';
import { analyse, giveAge, openInMode } from './harness/panel';
import { watchMemory } from './harness/rendererMemory';
import { waitUntilRendered } from './harness/viewer';
import { viewerTests } from './harness/viewerTest';

const GRID = { columns: 512, rows: 512, slices: 80, inPlaneMm: 0.42, sliceSpacingMm: 3 };
const LARGE = {
  seed: 5,
  // 311 ml on FS-T2WI: across a large thigh, and a third longer along it.
  tumourDiameterMm: 90,
  irregularity: 0.9,
  build: { scale: 1.15 },
  centreOn: 'tumour',
  grids: {
    fsT2: { ...GRID, sliceThicknessMm: 2.8 },
    ceT1: { ...GRID, sliceThicknessMm: 2.8 },
  },
} as const;

/** The study's files, from the folder where an earlier run left them. */
function largeStudy(folder: string | null): Uint8Array[] {
  if (folder !== null && existsSync(folder)) return filesBelow(folder);
  const files = writeStudy(simulateStudy(LARGE), studyIds('large'));
  for (const [name, bytes] of folder === null ? [] : files) {
    const file = path.join(String(folder), name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return [...files.values()];
}

const asked = process.env['STS_LARGE_STUDY'];
const group = asked ? describe : describe.skip;

group('a large study', () => {
  const viewerTest = viewerTests((server) =>
    storeFiles(server.dicomweb, largeStudy(asked === undefined || asked === '1' ? null : asked)),
  );

  const run = async (page: Page, url: string, study: string): Promise<string[]> => {
    await openInMode(page, url, study);
    await waitUntilRendered(page);
    await giveAge(page, 61);
    const { result, memory } = await watchMemory(page, () => analyse(page, 570_000));
    return [...result, ...memory];
  };

  viewerTest('memory of the tab, demonstration model', async ({ page, server }) => {
    const [study] = await studiesIn(server.dicomweb);
    const figures = await run(page, server.url, study);
    reportFigures('large study, demonstration model', figures);
  });

  viewerTest('memory of the tab, every feature', async ({ page, server }) => {
    const body = everyFeatureModel({ region: 'tumour', coefficient: 0, preprocessing: {} });
    await page
      .context()
      .route('**/models/demonstration.json', (route) =>
        route.fulfill({ contentType: 'application/json', body }),
      );
    const [study] = await studiesIn(server.dicomweb);
    const figures = await run(page, server.url, study);
    reportFigures('large study, every feature', figures);
  });
});

/**
 * A 512 x 512 x 80 study with a tumour of some 300 ml, and a model that asks for every feature of
 * every image type of the tumour: with workers, what they return is what one worker returns; the
 * memory of the tab is reported. It takes minutes, so it runs when asked for:
 * `STS_LARGE_STUDY=1 npm run test:e2e -- largeStudy`.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { simulateStudy } from '../../demo/simulateStudy';
import { studyIds } from '../../demo/studyIds';
import { writeStudy } from '../../demo/writeStudy';
import { storeFiles } from '../../server/stow';
import { hashModel } from '../../src/model/hashModel';
import { parseModel } from '../../src/model/parseModel';
import { planOf } from '../../src/radiomics/plan';
import { preset } from '../../src/radiomics/presets';
import { studiesIn } from './harness/archive';
import { reportFigures } from './harness/figures';
import { analyse, giveAge, openInMode } from './harness/panel';
import { rendererMemory } from './harness/rendererMemory';
import { waitUntilRendered } from './harness/viewer';
import { viewerTests } from './harness/viewerTest';

const GRID = { columns: 512, rows: 512, slices: 80, inPlaneMm: 0.42, sliceSpacingMm: 3 };
const LARGE = {
  seed: 5,
  tumourDiameterMm: 80,
  irregularity: 0.3,
  centreOn: 'tumour',
  grids: {
    fsT2: { ...GRID, sliceThicknessMm: 2.8 },
    ceT1: { ...GRID, sliceThicknessMm: 2.8 },
  },
} as const;

/** The demonstration model, with a feature of each image type and class instead of its own. */
function largeModel(): string {
  const model = parseModel(
    JSON.parse(readFileSync(path.resolve('models/demonstration.json'), 'utf8')),
  );
  const template = model.features[2];
  const { order } = planOf(preset('full'));
  const features = order
    .filter((name) => !name.includes('_shape_'))
    .map((feature) => ({ ...template, feature, coefficient: 0, imputed: 0 }));
  const settings = { ...model.extraction.settings, preCrop: true };
  const changed = {
    ...model,
    extraction: { ...model.extraction, settings },
    features: [...model.features, ...features],
  };
  return JSON.stringify({ ...changed, hash: hashModel(changed) });
}

const group = process.env['STS_LARGE_STUDY'] ? describe : describe.skip;

group('a large study', () => {
  const viewerTest = viewerTests((server) => {
    const study = simulateStudy(LARGE);
    const voxels = study.truth.tumour.data.reduce((sum, inside) => sum + inside, 0);
    const ml = (voxels * GRID.inPlaneMm ** 2 * GRID.sliceSpacingMm) / 1000;
    reportFigures('large study', [`tumour of ${ml.toFixed(0)} ml`]);
    return storeFiles(server.dicomweb, [...writeStudy(study, studyIds('large')).values()]);
  });

  const run = async (page: Page, url: string, study: string): Promise<string[]> => {
    await openInMode(page, url, study);
    await waitUntilRendered(page);
    await giveAge(page, 61);
    return analyse(page);
  };

  viewerTest('memory of the tab, demonstration model', async ({ page, server }) => {
    const [study] = await studiesIn(server.dicomweb);
    const stages = await run(page, server.url, study);
    reportFigures('large study, demonstration model', [...stages, rendererMemory()]);
  });

  viewerTest('memory of the tab, every feature', async ({ page, server }) => {
    const body = largeModel();
    await page
      .context()
      .route('**/models/demonstration.json', (route) =>
        route.fulfill({ contentType: 'application/json', body }),
      );
    const [study] = await studiesIn(server.dicomweb);
    const stages = await run(page, server.url, study);
    reportFigures('large study, every feature', [...stages, rendererMemory()]);
  });
});

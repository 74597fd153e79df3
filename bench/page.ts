/** What bench/browser.mjs calls in a page: preset `full` on a synthetic case, with the plugin's workers. */
import { SILENT_RUN } from '../src/chain/stage';
import { extractRadiomics } from '../src/radiomics/extractRadiomics';
import { preset } from '../src/radiomics/presets';
import { browserFeatureWorker } from '../src/workers/browserFeatureWorker';
import { pooledRunner } from '../src/workers/featurePool';
import { syntheticCase, type Case } from './synthetic';

let subject: Case | undefined;

Object.assign(globalThis, {
  prepare: (voxels: number): number => {
    subject = syntheticCase(voxels);
    return subject.voxels;
  },
  /** Returns the seconds and a sum of the values, which must not depend on the workers. */
  measure: async (workers: number): Promise<{ seconds: number; values: string }> => {
    if (!subject) throw new Error('prepare comes first.');
    const { image, mask } = subject;
    const start = performance.now();
    const found = await extractRadiomics(
      image,
      mask,
      preset('full'),
      SILENT_RUN,
      pooledRunner(browserFeatureWorker, workers),
    );
    return { seconds: (performance.now() - start) / 1000, values: [...found].join() };
  },
});

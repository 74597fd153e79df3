/**
 * npm run bench [-- VOXELS ...]: times of the preset `full` by stage and by feature class, single
 * thread (CPU) and two workers (wall clock), on the real cases of ../shared and on synthetic regions
 * of the given sizes (default 10000 100000 1000000), with the ratio to PyRadiomics' CPU time.
 */
import { SILENT_RUN } from '../src/chain/stage';
import { computeFeatures } from '../src/features/computeFeatures';
import { FEATURE_CLASSES } from '../src/features/names';
import { filteredImages } from '../src/imageTypes/all';
import { extractRadiomics } from '../src/radiomics/extractRadiomics';
import { planOf } from '../src/radiomics/plan';
import { preprocess } from '../src/radiomics/preprocess';
import { preset } from '../src/radiomics/presets';
import { pooledRunner } from '../src/workers/featurePool';
import { nodeFeatureWorker } from '../src/workers/nodeFeatureWorker';
import { sharedCases, syntheticCase, type Case } from './cases';

const set = preset('full');

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of CPU by stage: preprocessing, each filter, each feature class. */
function stages({ image, mask }: Case): Map<string, number> {
  const times = new Map<string, number>();
  const timed = <T>(stage: string, work: () => T): T => {
    const start = cpuMs();
    const result = work();
    times.set(stage, (times.get(stage) ?? 0) + cpuMs() - start);
    return result;
  };
  const plan = planOf(set);
  const prepared = timed('preprocess', () => preprocess(image, mask, set.settings, SILENT_RUN));
  const { size, spacingMm } = prepared.image.grid;
  for (const { type, settings, features } of plan.images) {
    const images = filteredImages(
      type,
      prepared.image,
      prepared.mask,
      settings,
      new Set(features.keys()),
    );
    for (;;) {
      const next = timed(`filter ${type}`, () => images.next());
      if (next.done) break;
      const { name, data } = next.value;
      const region = { size, spacingMm, image: data, mask: prepared.mask.data };
      for (const featureClass of FEATURE_CLASSES) {
        const prefix = `${featureClass}_`;
        const keys = features.get(name)?.filter((key) => key.startsWith(prefix)) ?? [];
        if (keys.length > 0) timed(featureClass, () => computeFeatures(region, keys, settings));
      }
    }
  }
  const region = { size, spacingMm, image: prepared.image.data, mask: prepared.shapeMask.data };
  timed('shape', () => computeFeatures(region, plan.shape, set.settings));
  return times;
}

async function measure(subject: Case): Promise<void> {
  const { name, image, mask, pyRadiomicsSeconds } = subject;
  const voxels = mask.data.reduce((sum, inside) => sum + inside, 0);
  console.log(`\n${name}: ${voxels} voxels in the mask`);
  await extractRadiomics(image, mask, set, SILENT_RUN);
  let start = cpuMs();
  await extractRadiomics(image, mask, set, SILENT_RUN);
  const alone = (cpuMs() - start) / 1000;
  start = performance.now();
  await extractRadiomics(image, mask, set, SILENT_RUN, pooledRunner(nodeFeatureWorker, 2));
  const pooled = (performance.now() - start) / 1000;
  const ratio = (seconds: number): string =>
    pyRadiomicsSeconds ? `  ${(pyRadiomicsSeconds / seconds).toFixed(1)} x PyRadiomics` : '';
  console.log(`  one worker, CPU        ${alone.toFixed(2).padStart(8)} s${ratio(alone)}`);
  console.log(`  two workers, wall      ${pooled.toFixed(2).padStart(8)} s${ratio(pooled)}`);
  console.log(`  microseconds per voxel ${((alone * 1e6) / voxels).toFixed(1).padStart(8)}`);
  for (const [stage, ms] of stages(subject)) {
    console.log(`    ${stage.padEnd(20)} ${ms.toFixed(0).padStart(8)} ms`);
  }
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(`  peak memory of the process so far ${peak.toFixed(0)} MB`);
}

const sizes = process.argv.slice(2).map(Number);
const synthetic = sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000];
for (const subject of [...sharedCases(), ...synthetic.map(syntheticCase)]) await measure(subject);

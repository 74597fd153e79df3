/**
 * npm run bench [-- VOXELS ...]: times of the engine, as tables for docs/performance.md.
 *
 *   whole   preset `full` on the real cases of ../shared and on synthetic regions of the given sizes
 *           (default 10000 100000 1000000): CPU of one worker, elapsed time of two, peak memory
 *   model   12 features of 5 image types, by name, as a model asks for them
 *   stages  CPU by filter and by feature class
 *
 * npm run bench -- growth [VOXELS ...]: does the time grow with the region in a straight line?
 *
 * npm run bench -- training [RESAMPLES [THREADS [all]]]: a training of 108 patients (training.ts).
 *
 * npm run bench -- preprocessing [browser [RUNS]]: registration to habitats of a pair of 320 x 320 x 40
 * voxels, in Node or in headless Chromium (preprocessingBrowser.mjs).
 *
 * npm run bench -- objects: a SEG of five segments on 512 x 512 x 60 voxels, built and read.
 *
 * CPU times hardly depend on what else the machine does; elapsed times do, so the load is printed.
 */
import { availableParallelism, loadavg } from 'node:os';
import { SILENT_RUN } from '../src/chain/stage';
import { extractRadiomics, type TaskRunner } from '../src/radiomics/extractRadiomics';
import type { ParameterSet } from '../src/radiomics/parameterSet';
import type { NamedFeatures } from '../src/radiomics/plan';
import { preset } from '../src/radiomics/presets';
import { pooledRunner } from '../src/workers/featurePool';
import { nodeFeatureWorker } from '../src/workers/nodeFeatureWorker';
import { sharedCases } from './cases';
import { syntheticCase, type Case } from './synthetic';
import { benchObjects } from './objects';
import { benchGrowth } from './growth';
import { benchPreprocessing } from './preprocessing';
import { cpuMs, stageTimes } from './stages';
import { benchTraining } from './training';

const FULL = preset('full');

/** Of the kind that signatures are made of: five image types, all texture classes. */
const MODEL: NamedFeatures = {
  settings: { binWidth: 25, resampledPixelSpacing: [1, 1, 1], additionalInfo: false },
  names: [
    'original_shape_Sphericity',
    'original_firstorder_90Percentile',
    'original_glcm_Correlation',
    'wavelet-HLL_glcm_MCC',
    'wavelet-LLH_glszm_SizeZoneNonUniformityNormalized',
    'wavelet-HHL_firstorder_Skewness',
    'log-sigma-2-0-mm-3D_gldm_DependenceVariance',
    'log-sigma-3-0-mm-3D_glrlm_RunEntropy',
    'square_ngtdm_Strength',
    'square_glrlm_LongRunHighGrayLevelEmphasis',
    'lbp-3D-k_firstorder_Mean',
    'lbp-3D-k_glszm_ZoneEntropy',
  ],
};

interface Times {
  readonly cpu: number;
  readonly elapsed: number;
}

/** Seconds. */
async function timed(
  { image, mask }: Case,
  what: ParameterSet | NamedFeatures,
  runner?: TaskRunner,
): Promise<Times> {
  const [cpu, start] = [cpuMs(), performance.now()];
  await extractRadiomics(image, mask, what, SILENT_RUN, runner);
  return { cpu: (cpuMs() - cpu) / 1000, elapsed: (performance.now() - start) / 1000 };
}

const seconds = (value: number): string => value.toFixed(2);
const row = (...cells: readonly (string | number)[]): void =>
  console.log(`| ${cells.join(' | ')} |`);

function header(title: string, ...columns: readonly string[]): void {
  console.log(`\n${title}\n`);
  row(...columns);
  row(...columns.map(() => '---'));
}

async function measureWhole(cases: readonly Case[]): Promise<void> {
  header(
    `Preset full (load ${loadavg()[0].toFixed(1)} on ${availableParallelism()} cores)`,
    ...['case', 'voxels', 'one worker, CPU s', 'x PyRadiomics', 'two workers, elapsed s'],
    ...['CPU s of the two', 'x PyRadiomics', 'µs per voxel', 'peak so far, MB'],
  );
  for (const subject of cases) {
    const alone = await timed(subject, FULL);
    const pooled = await timed(subject, FULL, pooledRunner(nodeFeatureWorker, 2));
    const ratio = (time: number): string =>
      subject.pyRadiomicsSeconds ? (subject.pyRadiomicsSeconds / time).toFixed(1) : '';
    row(
      ...[subject.name, subject.voxels, seconds(alone.cpu), ratio(alone.cpu)],
      ...[seconds(pooled.elapsed), seconds(pooled.cpu), ratio(pooled.elapsed)],
      ((alone.cpu * 1e6) / subject.voxels).toFixed(1),
      (process.resourceUsage().maxRSS / 1024).toFixed(0),
    );
  }
}

async function measureModel(cases: readonly Case[]): Promise<void> {
  header(
    '12 features of 5 image types',
    ...['case', 'voxels', 'one worker, CPU s', 'two workers, elapsed s', 'CPU s of the two'],
  );
  for (const subject of cases) {
    const alone = await timed(subject, MODEL);
    const pooled = await timed(subject, MODEL, pooledRunner(nodeFeatureWorker, 2));
    row(
      ...[subject.name, subject.voxels, seconds(alone.cpu)],
      ...[seconds(pooled.elapsed), seconds(pooled.cpu)],
    );
  }
}

function measureStages(subject: Case): void {
  header(`Stages of full, ${subject.name}`, 'stage', 'CPU ms');
  for (const [stage, ms] of stageTimes(subject, FULL)) row(stage, ms.toFixed(0));
}

async function benchRadiomics(sizes: readonly number[]): Promise<void> {
  const synthetic = (sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000]).map(syntheticCase);
  const real = sharedCases();
  // Smallest first: the peak of memory only rises. The first run compiles the code and is not counted.
  const cases = [...real, ...synthetic].sort((a, b) => a.voxels - b.voxels);
  await timed(real.at(-1) ?? cases[0], FULL);
  await measureWhole(cases);
  await measureModel(real.length > 0 ? real : cases);
  for (const subject of real.length > 0 ? real : [cases[cases.length - 1]]) measureStages(subject);
}

const [first, ...more] = process.argv.slice(2);
if (first === 'training') await benchTraining(more);
else if (first === 'growth') await benchGrowth(more.map(Number));
else if (first === 'preprocessing' && more[0] === 'browser') {
  await import(new URL('./preprocessingBrowser.mjs', import.meta.url).href);
} else if (first === 'preprocessing') await benchPreprocessing();
else if (first === 'objects') benchObjects();
else await benchRadiomics(process.argv.slice(2).map(Number));

import type { Run } from '../chain/stage';
import type { Mask } from '../volume/volume';
import type { ParameterSet } from './parameterSet';
import { planOf, type NamedFeatures, type Plan } from './plan';
import { preprocess, type Preprocessed } from './preprocess';
import type { RadiomicsImage } from './radiomicsImage';
import { inOrder, runTask, tasksOf, type FeatureTask, type FeatureValues } from './tasks';

/** Does the tasks of an extraction: here, or in a pool of workers. */
export type TaskRunner = (
  prepared: Preprocessed,
  tasks: readonly FeatureTask[],
  run: Run,
) => Promise<FeatureValues>;

/** Workers that stay for several extractions. */
export interface TaskPool {
  readonly runTasks: TaskRunner;
  /** Ends the workers; the pool starts new ones when it is used again. */
  end(): void;
}

/**
 * Radiomics features of one region with PyRadiomics' names, values and order.
 *
 * Every filtered image lives only while its features are taken; images and matrices that no wanted
 * feature needs are not made, and nothing is computed twice.
 *
 * @param image intensities; an integer array gives integers when resampled, as in PyRadiomics.
 * @param mask the region, on the image's grid.
 * @param what a parameter set, or the full names of features and settings.
 * @param runTasks where the work is done; without it, in this thread.
 * @throws InputError for what PyRadiomics refuses as well, and for names and settings not known.
 */
export async function extractRadiomics(
  image: RadiomicsImage,
  mask: Mask,
  what: ParameterSet | NamedFeatures,
  run: Run,
  runTasks: TaskRunner = runTasksHere,
): Promise<Map<string, number>> {
  const plan = planOf(what);
  return extractPrepared(prepareRegion(image, mask, plan, run), plan, run, runTasks);
}

/** The first half of `extractRadiomics`, for callers that want to see what the filters see. */
export function prepareRegion(
  image: RadiomicsImage,
  mask: Mask,
  { settings }: Plan,
  { signal }: Run,
): Preprocessed {
  return preprocess(image, mask, settings, { signal, report: () => undefined });
}

/** The second half of `extractRadiomics`. */
export async function extractPrepared(
  prepared: Preprocessed,
  plan: Plan,
  run: Run,
  runTasks: TaskRunner = runTasksHere,
): Promise<Map<string, number>> {
  const values = await runTasks(prepared, tasksOf(plan), run);
  return inOrder(new Map(values), plan);
}

/** Their filtered images are doubles whatever the type of the image. */
const DOUBLE_TYPES: readonly FeatureTask['type'][] = [
  'Square',
  'SquareRoot',
  'Logarithm',
  'Exponential',
  'LBP3D',
];

/**
 * V8 compiles the kernels for what it has seen: the original image is typical, while lbp-3D has one or
 * two grey levels, and a change between single and double precision costs a compilation.
 */
function singlePrecisionFirst(tasks: readonly FeatureTask[]): FeatureTask[] {
  const rank = ({ type }: FeatureTask): number =>
    type === 'Original' ? 0 : DOUBLE_TYPES.includes(type) ? 2 : 1;
  return [...tasks].sort((a, b) => rank(a) - rank(b));
}

/** A pause takes at least 1 ms, which would tell on small regions if each image had one. */
const PAUSE_EVERY_MS = 200;

export const runTasksHere: TaskRunner = async (prepared, tasks, run) => {
  const total = countImages(tasks);
  const all: (readonly [string, number])[] = [];
  let done = 0;
  let resumed = Date.now();
  for (const task of singlePrecisionFirst(tasks)) {
    for (const { image, values } of runTask(prepared, task)) {
      all.push(...values);
      run.report(++done / total, image);
      if (Date.now() - resumed > PAUSE_EVERY_MS) {
        // Lets a cancel arrive between images.
        await new Promise((resolve) => setTimeout(resolve, 0));
        resumed = Date.now();
      }
      run.signal.throwIfAborted();
    }
  }
  return all;
};

export function countImages(tasks: readonly FeatureTask[]): number {
  return tasks.reduce((count, { features }) => count + features.length, 0);
}

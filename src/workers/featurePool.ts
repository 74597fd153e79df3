/** Spreads an extraction over workers: each holds the image once and takes the next task when free. */
import { InputError } from '../chain/errors';
import type { Run } from '../chain/stage';
import {
  countImages,
  runTasksHere,
  type TaskPool,
  type TaskRunner,
} from '../radiomics/extractRadiomics';
import type { Preprocessed } from '../radiomics/preprocess';
import type { FeatureTask, FeatureValues } from '../radiomics/tasks';
import type { FeaturesAnswer, FeaturesOrder } from './featuresProtocol';
import { WorkerUnavailable, type NestedWorker } from './nestedWorker';

export type FeatureWorker = NestedWorker<FeaturesOrder, FeaturesAnswer>;

export interface PoolLimits {
  /** Voxels of the region times images that are worth a worker: starting one costs as much. */
  readonly workPerWorker: number;
  /** For all workers together. */
  readonly bytes: number;
}

const LIMITS: PoolLimits = { workPerWorker: 1e6, bytes: 600e6 };

/** Of a worker, for each voxel of the prepared image: a copy of it, and what the filters hold. */
const BYTES_PER_VOXEL = 64;

/**
 * Keeps its workers from one extraction to the next, until `end`; one that fails or is cancelled
 * ends them.
 * @param start starts a worker, or throws WorkerUnavailable
 * @param size workers at most
 */
export function featurePool(
  start: () => FeatureWorker,
  size: number,
  limits: PoolLimits = LIMITS,
): TaskPool {
  const workers: FeatureWorker[] = [];
  const end = (): void => {
    for (const worker of workers.splice(0)) worker.end();
  };
  const runTasks: TaskRunner = async (prepared, tasks, run) => {
    const count = Math.min(size, workersWorth(prepared, tasks, limits));
    if (count < 2) return runTasksHere(prepared, tasks, run);
    try {
      while (workers.length < count) workers.push(start());
      return await spread(workers.slice(0, count), prepared, tasks, run);
    } catch (error) {
      end();
      if (error instanceof WorkerUnavailable) return runTasksHere(prepared, tasks, run);
      throw error;
    }
  };
  return { runTasks, end };
}

/** A pool for one extraction. */
export function pooledRunner(
  start: () => FeatureWorker,
  size: number,
  limits: PoolLimits = LIMITS,
): TaskRunner {
  return async (prepared, tasks, run) => {
    const pool = featurePool(start, size, limits);
    try {
      return await pool.runTasks(prepared, tasks, run);
    } finally {
      pool.end();
    }
  };
}

function workersWorth(
  { image, mask }: Preprocessed,
  tasks: readonly FeatureTask[],
  { workPerWorker, bytes }: PoolLimits,
): number {
  let voxels = 0;
  for (let i = 0; i < mask.data.length; i++) voxels += mask.data[i];
  const fitting = Math.floor(bytes / (BYTES_PER_VOXEL * image.data.length));
  const busy = Math.floor((voxels * countImages(tasks)) / workPerWorker);
  return Math.min(tasks.length, fitting, busy);
}

async function spread(
  workers: readonly FeatureWorker[],
  prepared: Preprocessed,
  tasks: readonly FeatureTask[],
  run: Run,
): Promise<FeatureValues> {
  const total = countImages(tasks);
  const queue = [...tasks];
  const values: (readonly [string, number])[] = [];
  let done = 0;
  const onImage = (image: string, found: FeatureValues): void => {
    values.push(...found);
    run.report(++done / total, image);
  };
  run.signal.throwIfAborted();
  let onAbort: () => void = () => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    onAbort = () => reject(abortReason(run.signal));
    run.signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    const working = workers.map((worker) => workOff(worker, prepared, queue, onImage));
    await Promise.race([Promise.all(working), cancelled]);
    return values;
  } finally {
    run.signal.removeEventListener('abort', onAbort);
  }
}

function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new Error('Cancelled');
}

/** One worker takes tasks from the queue until it is empty. */
function workOff(
  worker: FeatureWorker,
  prepared: Preprocessed,
  queue: FeatureTask[],
  onImage: (image: string, values: FeatureValues) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (): void => {
      const task = queue.shift();
      if (task) worker.send({ type: 'task', task });
      else resolve();
    };
    worker.listen((answer) => {
      if (answer.type === 'image') onImage(answer.image, answer.values);
      else if (answer.type === 'done') next();
      else if (answer.type === 'refused') reject(new InputError(answer.code, answer.message));
      else reject(new Error(answer.message));
    }, reject);
    worker.send({ type: 'prepare', prepared });
    next();
  });
}

/** Spreads an extraction over workers: each holds the image once and takes the next task when free. */
import { InputError } from '../chain/errors';
import { countImages, runTasksHere, type TaskRunner } from '../radiomics/extractRadiomics';
import type { Preprocessed } from '../radiomics/preprocess';
import type { FeatureTask, FeatureValues } from '../radiomics/tasks';
import type { FeaturesAnswer, FeaturesOrder } from './featuresProtocol';

/** A worker as the pool sees it, in Node or in the browser. */
export interface FeatureWorker {
  send(order: FeaturesOrder): void;
  /** Calls back with every answer, or with an error when the worker itself breaks. */
  listen(onAnswer: (answer: FeaturesAnswer) => void, onBroken: (error: Error) => void): void;
  end(): void;
}

/** Starting a worker takes as long as the features of about this many images of a small region. */
const IMAGES_PER_WORKER = 4;

/**
 * @param start starts a worker; called up to `size` times for each extraction.
 * The workers are ended with the extraction, also when it fails or is cancelled.
 */
export function pooledRunner(start: () => FeatureWorker, size: number): TaskRunner {
  return async (prepared, tasks, run) => {
    const total = countImages(tasks);
    const count = Math.min(size, tasks.length, Math.ceil(total / IMAGES_PER_WORKER));
    if (count < 2) return runTasksHere(prepared, tasks, run);
    const queue = [...tasks];
    const values: (readonly [string, number])[] = [];
    let done = 0;
    const onImage = (image: string, found: FeatureValues): void => {
      values.push(...found);
      run.report(++done / total, image);
    };
    const workers = Array.from({ length: count }, start);
    const cancelled = new Promise<never>((_, reject) => {
      run.signal.addEventListener('abort', () => reject(abortReason(run.signal)), { once: true });
    });
    try {
      run.signal.throwIfAborted();
      const working = workers.map((worker) => workOff(worker, prepared, queue, onImage));
      await Promise.race([Promise.all(working), cancelled]);
      return values;
    } finally {
      for (const worker of workers) worker.end();
    }
  };
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

/**
 * Tasks of many rows on several threads. Each task is independent of the others, so the results do not
 * depend on how many threads there are. A thread that breaks fails its row and is replaced.
 */
import { Worker } from 'worker_threads';
import { InputError, type InputErrorCode } from '../../src/chain/errors';
import type { TumourVoxels } from '../../src/habitats/trainHabitats';
import {
  measureRow,
  prepareRow,
  sampleRow,
  type MeasureResult,
  type MeasureTask,
  type PrepareResult,
  type PrepareTask,
  type RowTask,
  type SampleTask,
} from './rowTasks';

export interface RowFailure {
  /** null: an error of the program. */
  readonly code: string | null;
  readonly message: string;
}

export type RowWorkerAnswer<T> = { readonly result: T } | { readonly failure: RowFailure };

export interface RowPool {
  readonly threads: number;
  prepare(task: PrepareTask): Promise<PrepareResult>;
  sample(task: SampleTask): Promise<TumourVoxels>;
  measure(task: MeasureTask): Promise<MeasureResult>;
  end(): Promise<void>;
}

/** With one thread everything runs in this one. */
export function openRowPool(threads: number): RowPool {
  if (threads >= 2) return workers(threads);
  return {
    threads: 1,
    prepare: prepareRow,
    sample: sampleRow,
    measure: measureRow,
    end: async () => undefined,
  };
}

/** The caller has no more than `threads` tasks under way. */
function workers(threads: number): RowPool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  async function run<T>(task: RowTask): Promise<T> {
    const worker = idle.pop() ?? new Worker(new URL('./rows.worker.ts', import.meta.url));
    all.add(worker);
    try {
      return await ask<T>(worker, task);
    } catch (error) {
      if (error instanceof BrokenWorker) all.delete(worker);
      throw error;
    } finally {
      if (all.has(worker)) idle.push(worker);
    }
  }
  return {
    threads,
    prepare: (task) => run<PrepareResult>(task),
    sample: (task) => run<TumourVoxels>(task),
    measure: (task) => run<MeasureResult>(task),
    async end() {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

class BrokenWorker extends Error {
  override readonly name = 'BrokenWorker';
}

function ask<T>(worker: Worker, task: RowTask): Promise<T> {
  return new Promise((resolve, reject) => {
    const done = (finish: () => void): void => {
      worker.off('message', onMessage).off('error', onBroken).off('exit', onExit);
      finish();
    };
    const onMessage = (answer: RowWorkerAnswer<T>): void =>
      done(() => {
        if ('result' in answer) resolve(answer.result);
        else reject(errorOf(answer.failure));
      });
    const onBroken = (error: Error): void => done(() => reject(new BrokenWorker(error.message)));
    const onExit = (code: number): void =>
      done(() => reject(new BrokenWorker(`The thread ended with code ${code}.`)));
    worker.on('message', onMessage).on('error', onBroken).on('exit', onExit);
    worker.postMessage(task);
  });
}

function errorOf({ code, message }: RowFailure): Error {
  return code === null ? new Error(message) : new InputError(code as InputErrorCode, message);
}

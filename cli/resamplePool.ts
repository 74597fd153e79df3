/** The resamples of a training on several threads; the result does not depend on how many. */
import { Worker } from 'worker_threads';
import { InputError, type InputErrorCode } from '../src/chain/errors';
import { runResample, type ResampleJob, type ResampleOutcome } from '../src/training/resample';
import type { RunResamples } from '../src/training/train';
import type { WorkerAnswer } from './resamples.worker';

/** @param onDone called with the share that is done */
export function resamplesOn(threads: number, onDone: (fraction: number) => void): RunResamples {
  return (job, count) =>
    threads < 2 ? inThisThread(job, count, onDone) : inWorkers(job, count, threads, onDone);
}

async function inThisThread(
  job: ResampleJob,
  count: number,
  onDone: (fraction: number) => void,
): Promise<readonly (readonly ResampleOutcome[])[]> {
  return Array.from({ length: count }, (_, k) => {
    const outcome = runResample(job, k + 1);
    onDone((k + 1) / count);
    return outcome;
  });
}

async function inWorkers(
  job: ResampleJob,
  count: number,
  threads: number,
  onDone: (fraction: number) => void,
): Promise<readonly (readonly ResampleOutcome[])[]> {
  const outcomes = new Map<number, readonly ResampleOutcome[]>();
  const workers: Worker[] = [];
  let next = 1;
  try {
    await Promise.all(
      Array.from({ length: Math.min(threads, count) }, async () => {
        const worker = new Worker(new URL('./resamples.worker.ts', import.meta.url), {
          workerData: job,
        });
        workers.push(worker);
        while (next <= count) {
          const number = next++;
          outcomes.set(number, await ask(worker, number));
          onDone(outcomes.size / count);
        }
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return Array.from({ length: count }, (_, k) => outcomes.get(k + 1) ?? []);
}

function ask(worker: Worker, number: number): Promise<readonly ResampleOutcome[]> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (answer: WorkerAnswer) => {
      worker.off('error', reject);
      if ('outcome' in answer) resolve(answer.outcome);
      else reject(errorOf(answer.failure));
    });
    worker.postMessage(number);
  });
}

function errorOf({ code, message }: { code: string | null; message: string }): Error {
  return code === null ? new Error(message) : new InputError(code as InputErrorCode, message);
}

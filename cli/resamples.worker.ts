/** Runs resamples of a training in a thread of its own. `workerData`: the job; a message: a number. */
import { parentPort, workerData } from 'node:worker_threads';
import { isInputError } from '../src/chain/errors';
import { runResample, type ResampleJob, type ResampleOutcome } from '../src/training/resample';

export type WorkerAnswer =
  | { readonly number: number; readonly outcome: readonly ResampleOutcome[] }
  | {
      readonly number: number;
      readonly failure: { readonly code: string | null; readonly message: string };
    };

const job = workerData as ResampleJob;

parentPort?.on('message', (number: number) => {
  parentPort?.postMessage(answer(number));
});

function answer(number: number): WorkerAnswer {
  try {
    return { number, outcome: runResample(job, number) };
  } catch (error) {
    const code = isInputError(error) ? error.code : null;
    const message = error instanceof Error ? error.message : String(error);
    return { number, failure: { code, message } };
  }
}

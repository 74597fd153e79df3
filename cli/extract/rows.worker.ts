/** Does tasks of `extract` in a thread of its own, one after the other; see `rowPool.ts`. */
import { parentPort } from 'node:worker_threads';
import { isInputError } from '../../src/chain/errors';
import type { RowTask } from './rowTasks';
import { doRowTask } from './rowTasks';
import type { RowFailure } from './rowPool';

parentPort?.on('message', (task: RowTask) => {
  doRowTask(task).then(
    (result) => parentPort?.postMessage({ result }),
    (error: unknown) => parentPort?.postMessage({ failure: failureOf(error) }),
  );
});

function failureOf(error: unknown): RowFailure {
  const message = error instanceof Error ? error.message : String(error);
  return { code: isInputError(error) ? error.code : null, message };
}

import type { Worker } from 'worker_threads';
import type { NestedWorker } from './nestedWorker';

/** A thread of Node as its owner sees it. */
export function nodeWorker<Order, Answer>(worker: Worker): NestedWorker<Order, Answer> {
  return {
    send: (order, transfer = []) => worker.postMessage(order, transfer),
    listen: (onAnswer, onBroken) => {
      worker.removeAllListeners('message').on('message', onAnswer);
      worker.removeAllListeners('error').on('error', onBroken);
    },
    end: () => {
      void worker.terminate();
    },
  };
}

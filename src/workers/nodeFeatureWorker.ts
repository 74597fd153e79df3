// Without the prefix "node:", by which webpack knows the worker's file.
import { Worker } from 'worker_threads';
import type { FeatureWorker } from './featurePool';

/** A feature worker in a thread of Node. The program must be bundled (`npm run build`). */
export function nodeFeatureWorker(): FeatureWorker {
  const worker = new Worker(new URL('./featuresNode.worker.ts', import.meta.url));
  return {
    send: (order) => worker.postMessage(order),
    listen: (onAnswer, onBroken) => {
      worker.removeAllListeners('message').on('message', onAnswer);
      worker.removeAllListeners('error').on('error', onBroken);
    },
    end: () => {
      void worker.terminate();
    },
  };
}

// Without the prefix "node:", by which webpack knows the worker's file.
import { Worker } from 'worker_threads';
import type { FeatureWorker } from './featurePool';
import { nodeWorker } from './nodeWorker';

/** A feature worker in a thread of Node. The program must be bundled (`npm run build`). */
export function nodeFeatureWorker(): FeatureWorker {
  return nodeWorker(new Worker(new URL('./featuresNode.worker.ts', import.meta.url)));
}

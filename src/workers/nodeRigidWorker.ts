// Without the prefix "node:", by which webpack knows the worker's file.
import { Worker } from 'worker_threads';
import type { RigidWorker } from './engineBeside';
import { nodeWorker } from './nodeWorker';

/** A worker with elastix in a thread of Node. The program must be bundled (`npm run build`). */
export function nodeRigidWorker(): RigidWorker {
  return nodeWorker(new Worker(new URL('./rigidNode.worker.ts', import.meta.url)));
}

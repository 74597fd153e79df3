import { browserWorker } from './browserWorker';
import type { RigidWorker } from './engineBeside';

/**
 * A worker with elastix in the browser.
 * @throws WorkerUnavailable where workers cannot start workers
 */
export function browserRigidWorker(): RigidWorker {
  return browserWorker(
    () => new Worker(new URL('./rigid.worker.ts', import.meta.url), { type: 'module' }),
  );
}

import { browserWorker } from './browserWorker';
import type { FeatureWorker } from './featurePool';

/**
 * A feature worker in the browser.
 * @throws WorkerUnavailable where workers cannot start workers
 */
export function browserFeatureWorker(): FeatureWorker {
  return browserWorker(
    () => new Worker(new URL('./features.worker.ts', import.meta.url), { type: 'module' }),
  );
}

import { WorkerUnavailable, type FeatureWorker } from './featurePool';

/**
 * A feature worker in the browser, also started from within another worker.
 * @throws WorkerUnavailable where workers cannot start workers
 */
export function browserFeatureWorker(): FeatureWorker {
  const worker = startWorker();
  return {
    send: (order) => worker.postMessage(order),
    listen: (onAnswer, onBroken) => {
      worker.onmessage = ({ data }) => onAnswer(data);
      // An error of the program has a message; a file that may not or cannot be loaded has none.
      worker.onerror = ({ message }) =>
        onBroken(message ? new Error(message) : new WorkerUnavailable('A worker did not start.'));
    },
    end: () => worker.terminate(),
  };
}

function startWorker(): Worker {
  try {
    return new Worker(new URL('./features.worker.ts', import.meta.url), { type: 'module' });
  } catch (cause) {
    throw new WorkerUnavailable('Workers cannot start workers here.', { cause });
  }
}

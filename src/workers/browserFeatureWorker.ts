import type { FeatureWorker } from './featurePool';

/** A feature worker in the browser, also started from within another worker. */
export function browserFeatureWorker(): FeatureWorker {
  const worker = new Worker(new URL('./features.worker.ts', import.meta.url), { type: 'module' });
  return {
    send: (order) => worker.postMessage(order),
    listen: (onAnswer, onBroken) => {
      worker.onmessage = ({ data }) => onAnswer(data);
      worker.onerror = ({ message }) => onBroken(new Error(message));
    },
    end: () => worker.terminate(),
  };
}

/** What bench/browser.mjs calls in a page; the work is done as in the viewer, by a worker and its workers. */
import type { Measured } from './owner.worker';

const owner = new Worker(new URL('./owner.worker.ts', import.meta.url), { type: 'module' });

Object.assign(globalThis, {
  measure: (voxels: number, workers: number): Promise<Measured> =>
    new Promise((resolve, reject) => {
      owner.onmessage = ({ data }: MessageEvent<Measured>) => resolve(data);
      owner.onerror = ({ message }) => reject(new Error(message));
      owner.postMessage({ voxels, workers });
    }),
});

/** What bench/preprocessingBrowser.ts calls in a page; the work is done as in the viewer, by the chain's worker. */
import type { Preprocessed } from './preprocessing.worker';

Object.assign(globalThis, {
  measure: (nested: boolean): Promise<Preprocessed> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./preprocessing.worker.ts', import.meta.url), {
        type: 'module',
      });
      worker.onmessage = ({ data }: MessageEvent<Preprocessed>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(nested);
    }),
});

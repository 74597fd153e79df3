/** The chain in a browser's worker: `new Worker(new URL('…/chain.worker.ts', import.meta.url), { type: 'module' })`. */
import { analyse } from '../chain/habitatChain';
import { elastixBrowserEngine } from '../register/elastixBrowser';
import { browserFeatureWorker } from './browserFeatureWorker';
import { browserRigidWorker } from './browserRigidWorker';
import { engineBeside } from './engineBeside';
import { featurePool } from './featurePool';
import { serveChain } from './serveChain';
import type { WorkerPort } from './serveChain';

declare const self: WorkerPort & { readonly navigator: { readonly hardwareConcurrency: number } };

/** More would wait for memory rather than for the processor. */
const MOST_WORKERS = 4;

serveChain(
  self,
  (assetsBaseUrl) => {
    const itk = new URL('itk/', assetsBaseUrl).href;
    return engineBeside(browserRigidWorker, elastixBrowserEngine(itk), itk);
  },
  analyse,
  // This worker waits meanwhile. Its end is the end of those it has started, so Cancel ends them all.
  featurePool(browserFeatureWorker, Math.min(MOST_WORKERS, self.navigator.hardwareConcurrency)),
);

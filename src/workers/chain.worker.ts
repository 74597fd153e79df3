/** The chain in a browser's worker: `new Worker(new URL('…/chain.worker.ts', import.meta.url), { type: 'module' })`. */
import { elastixBrowserEngine } from '../register/elastixBrowser';
import { serveChain } from './serveChain';
import type { WorkerPort } from './serveChain';

declare const self: WorkerPort;

serveChain(self, (assetsBaseUrl) => elastixBrowserEngine(new URL('itk/', assetsBaseUrl).href));

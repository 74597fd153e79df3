/** A feature worker in Node; started by `nodeFeatureWorker.ts`. */
import { parentPort } from 'worker_threads';
import { featureServer } from './serveFeatures';

if (!parentPort) throw new Error('featuresNode.worker runs in a worker thread only.');
const port = parentPort;
port.on(
  'message',
  featureServer((answer) => port.postMessage(answer)),
);

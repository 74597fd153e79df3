/** elastix in a thread of Node; started by `nodeRigidWorker.ts`. */
import { parentPort } from 'worker_threads';
import { elastixNodeEngine } from '../register/elastixNode';
import { rigidServer } from './serveRigid';

if (!parentPort) throw new Error('rigidNode.worker runs in a worker thread only.');
const port = parentPort;
port.on(
  'message',
  rigidServer(
    () => elastixNodeEngine,
    (answer) => port.postMessage(answer),
  ),
);

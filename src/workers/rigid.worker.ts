/** elastix in a worker of the browser; started by `browserRigidWorker.ts`. */
import { elastixBrowserEngine } from '../register/elastixBrowser';
import type { RigidAnswer, RigidOrder } from './rigidProtocol';
import { rigidServer } from './serveRigid';

declare const self: {
  onmessage: ((event: { readonly data: RigidOrder }) => void) | null;
  postMessage(answer: RigidAnswer): void;
};

const serve = rigidServer(elastixBrowserEngine, (answer) => self.postMessage(answer));
self.onmessage = ({ data }) => serve(data);

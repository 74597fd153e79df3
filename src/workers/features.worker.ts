/** A feature worker in the browser; started by `browserFeatureWorker.ts`. */
import type { FeaturesAnswer, FeaturesOrder } from './featuresProtocol';
import { featureServer } from './serveFeatures';

declare const self: {
  onmessage: ((event: { readonly data: FeaturesOrder }) => void) | null;
  postMessage(answer: FeaturesAnswer): void;
};

const serve = featureServer((answer) => self.postMessage(answer));
self.onmessage = ({ data }) => serve(data);

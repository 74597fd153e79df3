/** Preset `full` on a synthetic case, in this worker or in those that it starts. */
import { SILENT_RUN } from '../src/chain/stage';
import { extractRadiomics } from '../src/radiomics/extractRadiomics';
import { preset } from '../src/radiomics/presets';
import { browserFeatureWorker } from '../src/workers/browserFeatureWorker';
import { pooledRunner } from '../src/workers/featurePool';
import { syntheticCase } from './synthetic';

export interface Measured {
  readonly region: number;
  readonly seconds: number;
  /** Names and values, which must not depend on the number of workers. */
  readonly values: string;
  readonly started: number;
}

interface Order {
  readonly voxels: number;
  readonly workers: number;
}

declare const self: {
  onmessage: (event: MessageEvent<Order>) => void;
  postMessage(measured: Measured): void;
};

self.onmessage = ({ data }) => {
  void measure(data).then((measured) => self.postMessage(measured));
};

async function measure({ voxels, workers }: Order): Promise<Measured> {
  const { image, mask, voxels: region } = syntheticCase(voxels);
  let started = 0;
  const start = () => {
    started++;
    return browserFeatureWorker();
  };
  const began = performance.now();
  const runner = pooledRunner(start, workers);
  const found = await extractRadiomics(image, mask, preset('full'), SILENT_RUN, runner);
  const seconds = (performance.now() - began) / 1000;
  return { region, seconds, values: [...found].join(), started };
}

/** The registration in a worker of its own, so that the chain can work on meanwhile. */
import { SearchFailed, type RigidEngine, type RigidSettings } from '../register/engine';
import type { Mat4 } from '../volume/geometry';
import type { Samples, Volume } from '../volume/volume';
import { WorkerUnavailable, type NestedWorker } from './nestedWorker';
import type { RigidAnswer, RigidOrder } from './rigidProtocol';

export type RigidWorker = NestedWorker<RigidOrder, RigidAnswer>;

/**
 * @param start starts a worker, or throws WorkerUnavailable
 * @param here does the same in this thread, where no worker can be had
 */
export function engineBeside(
  start: () => RigidWorker,
  here: RigidEngine,
  pipelinesBaseUrl = '',
): RigidEngine {
  return {
    name: here.name,
    isBeside: true,
    async register(fixed, moving, settings) {
      try {
        return await searchIn(start(), fixed, moving, settings, pipelinesBaseUrl);
      } catch (error) {
        if (error instanceof WorkerUnavailable) return here.register(fixed, moving, settings);
        throw error;
      }
    },
  };
}

async function searchIn(
  worker: RigidWorker,
  fixed: Volume<'native', Samples>,
  moving: Volume<'native', Samples>,
  settings: RigidSettings,
  pipelinesBaseUrl: string,
): Promise<Mat4> {
  try {
    return await new Promise((resolve, reject) => {
      worker.listen((answer) => {
        if (answer.type === 'found') resolve(answer.matrix);
        else if (answer.type === 'notFound') reject(new SearchFailed(answer.message));
        else reject(new Error(answer.message));
      }, reject);
      const images = [inSinglePrecision(fixed), inSinglePrecision(moving)] as const;
      worker.send(
        { fixed: images[0], moving: images[1], settings, pipelinesBaseUrl },
        images.map(({ data }) => data.buffer),
      );
    });
  } finally {
    worker.end();
  }
}

/** A copy that may move to the worker, in the type that elastix works on. */
function inSinglePrecision(
  volume: Volume<'native', Samples>,
): Volume<'native', Float32Array<ArrayBuffer>> {
  return { ...volume, data: new Float32Array(volume.data) };
}

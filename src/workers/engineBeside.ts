/** The registration in a worker of its own, so that the chain can work on meanwhile. */
import { SearchFailed, type RigidEngine } from '../register/engine';
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
    async register(fixed, moving, settings, onAway) {
      try {
        const images = [inSinglePrecision(fixed), inSinglePrecision(moving)] as const;
        return await searchIn(start(), images, { settings, pipelinesBaseUrl }, onAway);
      } catch (error) {
        if (error instanceof WorkerUnavailable) return here.register(fixed, moving, settings);
        throw error;
      }
    },
  };
}

async function searchIn(
  worker: RigidWorker,
  [fixed, moving]: readonly [OwnVolume, OwnVolume],
  how: Pick<RigidOrder, 'settings' | 'pipelinesBaseUrl'>,
  onAway?: () => void,
): Promise<Mat4> {
  try {
    return await new Promise((resolve, reject) => {
      worker.listen((answer) => {
        if (answer.type === 'begun') onAway?.();
        else if (answer.type === 'found') resolve(answer.matrix);
        else if (answer.type === 'notFound') reject(new SearchFailed(answer.message));
        else reject(new Error(answer.message));
      }, reject);
      worker.send({ fixed, moving, ...how }, [fixed.data.buffer, moving.data.buffer]);
    });
  } finally {
    worker.end();
  }
}

type OwnVolume = Volume<'native', Float32Array<ArrayBuffer>>;

/** A copy that may move to the worker, in the type that elastix works on. */
function inSinglePrecision(volume: Volume<'native', Samples>): OwnVolume {
  return { ...volume, data: new Float32Array(volume.data) };
}

import { SearchFailed, type RigidEngine } from '../../../src/register/engine';
import { IDENTITY_DIRECTION, IDENTITY_TRANSFORM } from '../../../src/volume/geometry';
import type { Volume } from '../../../src/volume/volume';
import { engineBeside, type RigidWorker } from '../../../src/workers/engineBeside';
import { WorkerUnavailable } from '../../../src/workers/nestedWorker';
import { rigidServer } from '../../../src/workers/serveRigid';

const image: Volume<'native', Uint16Array> = {
  stage: 'native',
  grid: {
    size: [2, 1, 1],
    spacingMm: [1, 1, 1],
    originMm: [0, 0, 0],
    direction: IDENTITY_DIRECTION,
  },
  data: Uint16Array.of(3, 5),
};
const settings = { histogramBins: 32, resolutions: 4, iterations: 256, samples: 2048 };

type Search = RigidEngine['register'];

/** A worker in this thread, which gets copies as a real one does. */
function workerWith(search: Search): { worker: RigidWorker; log: string[] } {
  const log: string[] = [];
  let listener: Parameters<RigidWorker['listen']>[0] = () => undefined;
  const serve = rigidServer(
    (base) => {
      log.push(`asked for ${base}`);
      return { name: 'in the worker', register: search };
    },
    (answer) => listener(structuredClone(answer)),
  );
  const worker: RigidWorker = {
    send: (order, transfer = []) => {
      const arrived = structuredClone(order, { transfer });
      queueMicrotask(() => serve(arrived));
    },
    listen: (onAnswer) => (listener = onAnswer),
    end: () => log.push('ended'),
  };
  return { worker, log };
}

const here: RigidEngine = {
  name: 'elastix',
  register: () => Promise.reject(new Error('not in this thread')),
};

test('searches in the worker, on single precision, and ends the worker', async () => {
  const got: unknown[] = [];
  const { worker, log } = workerWith((fixed, _, given) => {
    got.push(fixed.data, given);
    return Promise.resolve(IDENTITY_TRANSFORM);
  });
  const engine = engineBeside(() => worker, here, 'https://host/itk/');
  expect(engine.name).toBe('elastix');
  const away = (): unknown => log.push('away');
  expect(await engine.register(image, image, settings, away)).toEqual(IDENTITY_TRANSFORM);
  expect(got).toEqual([Float32Array.of(3, 5), settings]);
  expect(image.data).toEqual(Uint16Array.of(3, 5));
  expect(log).toEqual(['away', 'asked for https://host/itk/', 'ended']);
});

test('tells images that are no match from a failure of the program', async () => {
  const noMatch = workerWith(() => Promise.reject(new SearchFailed('elastix gave up.')));
  const searching = engineBeside(() => noMatch.worker, here).register(image, image, settings);
  await expect(searching).rejects.toEqual(new SearchFailed('elastix gave up.'));
  await expect(searching).rejects.toBeInstanceOf(SearchFailed);
  const broken = workerWith(() => Promise.reject(new TypeError('no such module')));
  const failing = engineBeside(() => broken.worker, here).register(image, image, settings);
  await expect(failing).rejects.toThrow('no such module');
  expect([noMatch.log.at(-1), broken.log.at(-1)]).toEqual(['ended', 'ended']);
});

describe('without workers', () => {
  const alone: RigidEngine = {
    name: 'elastix',
    register: () => Promise.resolve(IDENTITY_TRANSFORM),
  };
  const never = (): never => {
    throw new Error('this thread has no time');
  };

  test('it searches in this thread where none can be started', async () => {
    const none = (): RigidWorker => {
      throw new WorkerUnavailable('none');
    };
    const engine = engineBeside(none, alone);
    expect(await engine.register(image, image, settings, never)).toEqual(IDENTITY_TRANSFORM);
  });

  test('and where its file may not be loaded', async () => {
    let ended = 0;
    const blocked: RigidWorker = {
      send: () => undefined,
      listen: (_, onBroken) => queueMicrotask(() => onBroken(new WorkerUnavailable('blocked'))),
      end: () => ended++,
    };
    const engine = engineBeside(() => blocked, alone);
    expect(await engine.register(image, image, settings, never)).toEqual(IDENTITY_TRANSFORM);
    expect(ended).toBe(1);
  });
});

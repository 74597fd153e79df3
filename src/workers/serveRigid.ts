import { SearchFailed, type RigidEngine } from '../register/engine';
import type { RigidAnswer, RigidOrder } from './rigidProtocol';

/** The worker's side; see `rigidProtocol.ts`. Returns the handler of the owner's order. */
export function rigidServer(
  engineFor: (pipelinesBaseUrl: string) => RigidEngine,
  answer: (message: RigidAnswer) => void,
): (order: RigidOrder) => void {
  return ({ fixed, moving, settings, pipelinesBaseUrl }) => {
    answer({ type: 'begun' });
    engineFor(pipelinesBaseUrl)
      .register(fixed, moving, settings)
      .then(
        (matrix) => answer({ type: 'found', matrix }),
        (error: unknown) => answer(failure(error)),
      );
  };
}

function failure(error: unknown): RigidAnswer {
  if (error instanceof SearchFailed) return { type: 'notFound', message: error.message };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { type: 'crashed', message };
}

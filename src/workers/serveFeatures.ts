import { isInputError } from '../chain/errors';
import type { Preprocessed } from '../radiomics/preprocess';
import { runTask } from '../radiomics/tasks';
import type { FeaturesAnswer, FeaturesOrder } from './featuresProtocol';

/** The worker's side; see `featuresProtocol.ts`. Returns the handler of the owner's orders. */
export function featureServer(
  answer: (message: FeaturesAnswer) => void,
): (order: FeaturesOrder) => void {
  let prepared: Preprocessed | undefined;
  return (order) => {
    if (order.type === 'prepare') {
      prepared = order.prepared;
      return;
    }
    try {
      if (!prepared) throw new Error('A feature worker got a task before its image.');
      for (const { image, values } of runTask(prepared, order.task)) {
        answer({ type: 'image', image, values });
      }
      answer({ type: 'done' });
    } catch (error) {
      answer(failure(error));
    }
  };
}

function failure(error: unknown): FeaturesAnswer {
  if (isInputError(error)) return { type: 'refused', code: error.code, message: error.message };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { type: 'crashed', message };
}

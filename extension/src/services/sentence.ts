import { isInputError } from '../../../src/chain/errors';

/** What the user reads: an InputError's own sentence, and honest words for everything else. */
export function sentenceOf(error: unknown): string {
  if (isInputError(error)) return error.message;
  const detail = error instanceof Error ? error.message : String(error);
  return `Something went wrong inside STS habitat (${detail}): nothing was stored; try again, and report it if it happens twice.`;
}

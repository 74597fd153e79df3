import { isInputError } from '../../../src/chain/errors';

/** What the user reads: an InputError's own sentence, and honest words for everything else. */
export function sentenceOf(error: unknown): string {
  if (isInputError(error)) return error.message;
  const detail = error instanceof Error ? error.message : String(error);
  // A worker's crash carries its stack, which is for the log and not for the panel.
  const [firstLine] = detail.split('\n', 1);
  return `Something went wrong inside STS habitat (${firstLine.trim()}): nothing was lost; try again, and report it if it happens twice.`;
}

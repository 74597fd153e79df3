import { isInputError } from '../../../src/chain/errors';

/** `CODE: sentence` of the InputError, or 'accepted'; any other error is thrown on. */
export function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (!isInputError(error)) throw error;
    expect(error.message).toMatch(/\.$/);
    expect(error.message).not.toMatch(/\. /);
    return `${error.code}: ${error.message}`;
  }
  return 'accepted';
}

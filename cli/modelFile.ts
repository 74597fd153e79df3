import { InputError } from '../src/chain/errors';
import { readBytes } from './imageFiles';

/** The parsed JSON, not yet checked. @throws InputError FILE_UNREADABLE, MODEL_INVALID naming the file */
export async function readModelFile(file: string): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(await readBytes(file)));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new InputError(
      'MODEL_INVALID',
      `The model file ${file} is not JSON (${cause.message}): export it again.`,
      { cause },
    );
  }
}

import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { InputError } from '../src/chain/errors';
import type { ImageFile } from '../src/io/imageFile';
import { readImage } from '../src/io/readImage';

/** @throws InputError FILE_UNREADABLE naming the file. */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const absent =
      typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ENOENT';
    throw new InputError(
      'FILE_UNREADABLE',
      absent
        ? `${file} does not exist: check the path.`
        : `${file} cannot be opened: check that it is a file that you may read.`,
      { cause },
    );
  }
}

export async function readImageFile(file: string): Promise<ImageFile> {
  return readImage(await readBytes(file), file, gunzipSync);
}

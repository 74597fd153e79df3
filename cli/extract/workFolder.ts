/**
 * Intermediate results of a cohort, beside its table. A file is named by the hash of all that it was
 * made from, so it can be stale in no way; it appears under its name only when it is whole.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../src/chain/errors';
import { SOFTWARE } from '../../src/chain/software';
import { canonicalJson } from '../../src/model/hashModel';
import { sha256 } from './readRow';

/** Counts up when what the files hold, or how it is computed, changes within a version. */
const FORMAT = 1;
const KEY_DIGITS = 32;
const UNFINISHED = '.unfinished';

/** `inputs`: everything that the result depends on, as JSON. */
export function workKey(inputs: unknown): string {
  const all = { format: FORMAT, version: SOFTWARE.version, inputs };
  return sha256(canonicalJson(all)).slice(0, KEY_DIGITS);
}

/** @throws InputError FILE_UNREADABLE when the folder cannot be made */
export async function openWorkFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const names = await readdir(folder);
    const left = names.filter((name) => name.endsWith(UNFINISHED));
    await Promise.all(left.map((name) => rm(path.join(folder, name), { force: true })));
  } catch (cause) {
    throw new InputError(
      'FILE_UNREADABLE',
      `The folder ${folder} for intermediate results cannot be written: choose another --out.`,
      { cause },
    );
  }
}

/** null when there is no such result. */
export async function readWork(folder: string, name: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path.join(folder, name));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

export async function hasWork(folder: string, name: string): Promise<boolean> {
  return (await readdir(folder)).includes(name);
}

/** Written aside and renamed: a program that is killed leaves the old file or the new one, whole. */
export async function writeWhole(
  file: string,
  content: string | Uint8Array | Iterable<string>,
): Promise<void> {
  const aside = `${file}.${process.pid}-${(written += 1)}${UNFINISHED}`;
  try {
    await writeFile(aside, content);
    await rename(aside, file);
  } catch (cause) {
    await rm(aside, { force: true });
    throw new InputError(
      'FILE_UNREADABLE',
      `${file} cannot be written: check the folder, the free space and that you may write there.`,
      { cause },
    );
  }
}

let written = 0;

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}

import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { InputError } from '../src/chain/errors';

/** YAML or JSON (which is YAML). */
export async function readSettingsFile(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new InputError('FILE_UNREADABLE', `${file} cannot be read as YAML or JSON: ${reason}.`, {
      cause: error,
    });
  }
}

/** undefined when there is no such file. */
export async function readJsonIfThere(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError('FILE_UNREADABLE', `${file} is not JSON: write it again.`, {
      cause: error,
    });
  }
}

function isMissingFile(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}

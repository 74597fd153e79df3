import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../src/chain/errors';

/** Files that stand beside another file. */

/** `features.csv` -> `features.artefacts.json` */
export function artefactsFile(featureFile: string): string {
  return `${withoutExtension(featureFile, '.csv')}.artefacts.json`;
}

/** `model.json` -> `model.patients.json` */
export function patientListFile(modelFile: string): string {
  return `${withoutExtension(modelFile, '.json')}.patients.json`;
}

function withoutExtension(file: string, extension: string): string {
  return file.endsWith(extension) ? file.slice(0, -extension.length) : file;
}

/** Before long work. @throws InputError FILE_UNREADABLE when the folder of a file cannot be written */
export async function requireWritable(...files: readonly string[]): Promise<void> {
  for (const file of files) {
    const folder = path.dirname(path.resolve(file));
    try {
      await access(folder, constants.W_OK);
    } catch (error) {
      throw new InputError(
        'FILE_UNREADABLE',
        `${file} cannot be written, because its folder ${folder} is missing or protected: create the folder or name another.`,
        { cause: error },
      );
    }
  }
}

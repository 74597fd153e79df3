import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../src/chain/errors';

/** Files that stand beside another file. */

/** `features.csv` -> `features.artefacts.json` */
export function artefactsFile(featureFile: string): string {
  return `${withoutExtension(featureFile, '.csv')}.artefacts.json`;
}

/** `features.csv` -> `features.failures.csv` */
export function failuresFile(featureFile: string): string {
  return `${withoutExtension(featureFile, '.csv')}.failures.csv`;
}

/** `features.csv` -> `features.cautions.csv` */
export function cautionsFile(featureFile: string): string {
  return `${withoutExtension(featureFile, '.csv')}.cautions.csv`;
}

/** `features.csv` -> `features.work`, a folder */
export function workFolder(featureFile: string): string {
  return `${withoutExtension(featureFile, '.csv')}.work`;
}

/** `model.json` -> `model.patients.json` */
export function patientListFile(modelFile: string): string {
  return `${withoutExtension(modelFile, '.json')}.patients.json`;
}

function withoutExtension(file: string, extension: string): string {
  return file.endsWith(extension) ? file.slice(0, -extension.length) : file;
}

/** Before long work. @throws InputError FILE_UNREADABLE when a file cannot be written where it should be */
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
    if (await isFolder(file)) {
      throw new InputError('FILE_UNREADABLE', `${file} is a folder: name a file in it.`);
    }
  }
}

async function isFolder(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isDirectory();
  } catch {
    // Nothing is there yet.
    return false;
  }
}

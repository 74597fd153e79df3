import { existsSync } from 'node:fs';
import path from 'node:path';

export interface OrthancProgram {
  readonly program: string;
  readonly dicomwebPlugin: string;
}

const PROGRAM_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/orthanc/bin'];
const PLUGIN_FOLDERS = [
  '/usr/share/orthanc/plugins',
  '/usr/local/share/orthanc/plugins',
  '/usr/lib/orthanc',
];
const PLUGIN_NAMES = ['libOrthancDicomWeb.so', 'libOrthancDicomWeb.dylib', 'OrthancDicomWeb.dll'];

/** `STS_ORTHANC` names the program where it is not in a usual place; plugins may lie beside it. */
export function findOrthanc(environment: NodeJS.ProcessEnv): OrthancProgram | undefined {
  const named = environment['STS_ORTHANC'];
  const folders = [...(environment['PATH'] ?? '').split(path.delimiter), ...PROGRAM_FOLDERS];
  const program = firstExisting(
    named ? [named] : folders.map((folder) => path.join(folder, 'Orthanc')),
  );
  if (!program) return undefined;
  const dicomwebPlugin = firstExisting(
    [path.dirname(program), ...PLUGIN_FOLDERS].flatMap((folder) =>
      PLUGIN_NAMES.map((name) => path.join(folder, name)),
    ),
  );
  return dicomwebPlugin ? { program, dicomwebPlugin } : undefined;
}

function firstExisting(candidates: readonly string[]): string | undefined {
  return candidates.find((candidate) => existsSync(candidate));
}

import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const OPTIONS = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
const commandLine = (parameters: readonly string[]): string[] => [
  'dist/node/sts-habitat.js',
  ...parameters,
  '--quiet',
];

/** Runs the command as it was built for the tests, and answers with what it prints; its progress goes to nobody. */
export function stsHabitat(...parameters: readonly string[]): string {
  return execFileSync(process.execPath, commandLine(parameters), OPTIONS);
}

/** The same, while the test's own connections to the archive are looked after. */
export async function stsHabitatAside(...parameters: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, commandLine(parameters), OPTIONS);
}

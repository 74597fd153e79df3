import { execFileSync } from 'node:child_process';

/** Runs the command as it was built for the tests, and answers with what it prints; its progress goes to nobody. */
export function stsHabitat(...parameters: readonly string[]): string {
  return execFileSync(process.execPath, ['dist/node/sts-habitat.js', ...parameters, '--quiet'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
}

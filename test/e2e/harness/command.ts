import { execFileSync } from 'node:child_process';

/** Runs the command and answers with what it prints; its progress goes to nobody. */
export function stsHabitat(...parameters: readonly string[]): string {
  return execFileSync(process.execPath, ['bin/sts-habitat.js', ...parameters, '--quiet'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
}

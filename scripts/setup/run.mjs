import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Runs a program to its end in the project's folder, without stdin; returns its exit code. */
export function exitCodeOf(program, args, { stdout = 2, stderr = 2 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', stdout, stderr],
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 1 : code));
  });
}

/** Like `exitCodeOf`; throws when the program fails. Its output goes to stderr by default. */
export async function run(program, args, options) {
  const code = await exitCodeOf(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed (exit code ${code}).`);
}

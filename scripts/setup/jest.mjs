import path from 'node:path';
import { exitCodeOf, root } from './run.mjs';

/** Runs jest on native ES modules; its report goes to stderr, as jest does. */
export function jest(args) {
  return exitCodeOf(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      path.join(root, 'node_modules/jest/bin/jest.js'),
      ...args,
    ],
    { stdout: 1 },
  );
}

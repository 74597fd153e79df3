import { existsSync } from 'node:fs';
import path from 'node:path';

const sharedRoot = path.resolve(process.cwd(), '../shared');

/** A file of the reference material that lies beside the project; see docs/testing.md. */
export function sharedPath(relative: string): string {
  return path.join(sharedRoot, relative);
}

/** Runs where the reference material is present, and is reported as skipped, with the reason, where it is not. */
export function describeWithShared(name: string, body: () => void): void {
  if (existsSync(sharedRoot)) describe(name, body);
  else describe.skip(`${name} (skipped: ../shared with the reference data is not here)`, body);
}

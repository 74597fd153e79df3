import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The browser tests: one browser and one archive at a time, on the built plugin. */
export default {
  rootDir: path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..'),
  roots: ['<rootDir>/test/e2e'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': '@swc/jest' },
  testTimeout: 10 * 60_000,
  maxWorkers: 1,
};

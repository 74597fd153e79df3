import path from 'node:path';
import { base, root } from './base.js';

/**
 * In the bundle: what every command needs, and takes longer to load file by file than to run
 * (zod is some hundred files, half of them error messages in other languages).
 */
const BUNDLED = ['zod'];

/** Programs for Node. Other npm packages stay outside: they are installed beside the bundle. */
export const nodeConfig = {
  ...base,
  name: 'node',
  target: 'node20',
  entry: {
    'sts-habitat': './cli/main.ts',
    serve: './server/main.ts',
    cohort: './models/cohort/main.ts',
    'load-demo': './server/loadDemo.ts',
  },
  externals: [
    ({ request }, callback) =>
      /^[./]/.test(request) || path.isAbsolute(request) || BUNDLED.includes(request)
        ? callback()
        : callback(null, `module ${request}`),
  ],
  // Terser's rewriting of the numeric kernels costs a quarter of their speed, and nobody downloads these.
  optimization: { minimize: false },
  experiments: { outputModule: true },
  output: {
    path: path.join(root, 'dist/node'),
    filename: '[name].js',
    library: { type: 'module' },
    chunkFormat: 'module',
    chunkLoading: 'import',
    workerChunkLoading: 'import',
  },
};

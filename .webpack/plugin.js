import path from 'node:path';
import { base, root } from './base.js';

/**
 * A file that a prebuilt OHIF imports at run time: an ES module with a default export. `publicPath`
 * is found from the module's own address, so the folder can be served from anywhere.
 */
export function pluginConfig(name, entry) {
  return {
    ...base,
    name,
    target: ['web', 'es2022'],
    entry: { [name]: entry },
    experiments: { outputModule: true },
    output: {
      path: path.join(root, 'dist/plugin'),
      filename: '[name].js',
      chunkFilename: `${name}.[name].js`,
      library: { type: 'module' },
      chunkFormat: 'module',
      chunkLoading: 'import',
      workerChunkLoading: 'import',
      publicPath: 'auto',
    },
  };
}

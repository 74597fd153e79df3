import path from 'node:path';
import { base, root } from './base.js';

/**
 * itk-wasm would bring its own worker, and with it the address of a CDN. elastix runs in the chain's
 * worker instead (see src/register/elastixBrowser.ts), so that worker must not be bundled.
 */
const itkWithoutOwnWorker = {
  test: /node_modules[\\/](@itk-wasm[\\/][^\\/]+|itk-wasm)[\\/]dist/,
  parser: { worker: false, url: false },
};

/**
 * A file that a prebuilt OHIF imports at run time: an ES module with a default export. `publicPath`
 * is found from the module's own address, so the folder can be served from anywhere.
 */
export function pluginConfig(name, entry, { plugins = [] } = {}) {
  return {
    ...base,
    name,
    plugins,
    module: { ...base.module, rules: [...base.module.rules, itkWithoutOwnWorker] },
    target: ['web', 'es2022'],
    entry: { [name]: entry },
    // Functions inlined into the numeric kernels would cost them a third to a half of their speed.
    optimization: {
      minimizeOptions: { javascript: { compress: { inline: false, reduce_funcs: false } } },
    },
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

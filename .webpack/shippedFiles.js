import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import webpack from 'webpack';
import { root } from './base.js';

const ELASTIX = 'node_modules/@itk-wasm/elastix/dist/pipelines';
const MODELS = 'models';

/** Files that the plugin loads at run time from its own folder, so that nothing comes from a CDN. */
async function filesToShip() {
  const models = (await readdir(path.join(root, MODELS))).filter((name) => name.endsWith('.json'));
  return [
    { from: `${ELASTIX}/elastix.js`, to: 'itk/elastix.js' },
    { from: `${ELASTIX}/elastix.wasm.zst`, to: 'itk/elastix.wasm.zst' },
    ...models.map((name) => ({ from: `${MODELS}/${name}`, to: `${MODELS}/${name}` })),
  ];
}

/** Puts them into the output unchanged. */
export const shippedFiles = {
  apply(compiler) {
    const { Compilation, sources } = webpack;
    compiler.hooks.thisCompilation.tap('ShippedFiles', (compilation) => {
      const stage = Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL;
      compilation.hooks.processAssets.tapPromise({ name: 'ShippedFiles', stage }, async () => {
        for (const { from, to } of await filesToShip()) {
          const file = path.join(root, from);
          compilation.fileDependencies.add(file);
          // `minimized`: leave it as it is.
          compilation.emitAsset(to, new sources.RawSource(await readFile(file)), {
            minimized: true,
          });
        }
      });
    });
  },
};

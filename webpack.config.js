import { nodeConfig } from './.webpack/node.js';
import { pluginConfig } from './.webpack/plugin.js';
import { shippedFiles } from './.webpack/shippedFiles.js';

export default [
  pluginConfig('extension', './extension/src/index.ts', { plugins: [shippedFiles] }),
  pluginConfig('mode', './mode/src/index.ts'),
  nodeConfig,
];

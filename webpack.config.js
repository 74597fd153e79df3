import { nodeConfig } from './.webpack/node.js';
import { pluginConfig } from './.webpack/plugin.js';

export default [
  pluginConfig('extension', './extension/src/index.ts'),
  pluginConfig('mode', './mode/src/index.ts'),
  nodeConfig,
];

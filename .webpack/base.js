import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What every bundle shares. Types are checked by `npm run typecheck`; swc only strips them. */
export const base = {
  context: root,
  devtool: 'source-map',
  resolve: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  module: {
    rules: [
      { test: /\.tsx?$/, loader: 'swc-loader', exclude: /node_modules/ },
      { test: /\.css$/, type: 'asset/source' },
    ],
  },
  performance: { hints: false },
};

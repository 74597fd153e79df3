// Set by webpack from the address that this file was loaded from.
declare const __webpack_public_path__: string;

/** Files that are served beside the plugin. */
export function pluginFile(relative: string): string {
  return new URL(relative, __webpack_public_path__).href;
}

export function defaultModelUrl(): string {
  return pluginFile('models/demonstration.json');
}

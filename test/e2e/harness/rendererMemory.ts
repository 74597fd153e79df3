import { browserProcesses } from './processes';

/** Peak resident memory of the renderer process below this one that used most (Linux). */
export function rendererMemory(): string {
  const peaks = browserProcesses()
    .filter(({ command }) => command.includes('--type=renderer'))
    .map(({ peakMb }) => peakMb);
  return `peak resident memory of the tab: ${Math.max(...peaks).toFixed(0)} MB`;
}

import { readdirSync, readFileSync } from 'node:fs';

/** Peak resident memory of the renderer process below this one that used most (Linux). */
export function rendererMemory(): string {
  const processes = readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      const number = (field: string): number =>
        Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
      return [{ pid: Number(pid), parent: number('PPid'), peak: number('VmHWM'), command }];
    } catch {
      return []; // It has ended meanwhile.
    }
  });
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isOurs = (pid: number): boolean =>
    pid === process.pid || (parents.has(pid) && pid > 1 && isOurs(parents.get(pid) ?? 0));
  const peaks = processes
    .filter(({ pid, command }) => command.includes('--type=renderer') && isOurs(pid))
    .map(({ peak }) => peak / 1024);
  return `peak resident memory of the tab: ${Math.max(...peaks).toFixed(0)} MB`;
}

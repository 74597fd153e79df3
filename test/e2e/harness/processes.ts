import { readdirSync, readFileSync } from 'node:fs';

/** A process of the browser that this test started (Linux). */
export interface BrowserProcess {
  readonly command: string;
  /** Resident memory now, MB. */
  readonly residentMb: number;
  /** Peak resident memory, MB. */
  readonly peakMb: number;
  /** User and system time since it started. */
  readonly cpuSeconds: number;
}

const TICKS_PER_SECOND = 100;

/** The browser's processes that descend from this one. */
export function browserProcesses(): BrowserProcess[] {
  const processes = readdirSync('/proc').flatMap((pid) => (/^\d+$/.test(pid) ? read(pid) : []));
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isOurs = (pid: number): boolean =>
    pid === process.pid || (parents.has(pid) && pid > 1 && isOurs(parents.get(pid) ?? 0));
  return processes.filter(({ pid, command }) => command.includes('chrom') && isOurs(pid));
}

function read(pid: string): (BrowserProcess & { pid: number; parent: number })[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // The name in brackets may hold spaces; fields are counted from behind it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    const number = (field: string): number =>
      Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
    return [
      {
        pid: Number(pid),
        parent: number('PPid'),
        command: readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
        residentMb: number('VmRSS') / 1024,
        peakMb: number('VmHWM') / 1024,
        cpuSeconds: (Number(stat[11]) + Number(stat[12])) / TICKS_PER_SECOND,
      },
    ];
  } catch {
    return []; // It has ended meanwhile.
  }
}

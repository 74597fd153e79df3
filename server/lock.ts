import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const runningSchema = z.object({
  pid: z.int(),
  url: z.string().optional(),
  archivePid: z.int().optional(),
});

export interface DataFolderLock {
  write(state: { url?: string; archivePid?: number }): void;
  release(): void;
}

/**
 * One server per data folder: two archives must not write into the same index. Throws an Error
 * with one sentence when a server that runs holds the folder.
 */
export async function lockDataFolder(file: string): Promise<DataFolderLock> {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  const other = read(file);
  if (other && runs(other.pid, /serve\.js|start\.mjs/))
    throw new Error(
      `Already running${other.url ? ` at ${other.url}` : ''} (process ${String(other.pid)}): use that one, stop it with Ctrl-C in its terminal, or set STS_DATA_DIR to another data folder.`,
    );
  if (other?.archivePid !== undefined) await stopLeftBehind(other.archivePid, folder);
  const lock: DataFolderLock = {
    write: (state) => {
      writeFileSync(file, `${JSON.stringify({ pid: process.pid, ...state })}\n`);
    },
    release: () => {
      rmSync(file, { force: true });
    },
  };
  lock.write({});
  return lock;
}

function read(file: string): z.infer<typeof runningSchema> | undefined {
  try {
    return runningSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Absent, or cut off by a crash while it was written: nobody holds the folder.
    return undefined;
  }
}

/** A server that was killed leaves its archive behind, which blocks the index: it is ours to stop. */
async function stopLeftBehind(pid: number, dataFolder: string): Promise<void> {
  const ours = { test: (commandLine: string) => commandLine.includes(dataFolder + path.sep) };
  if (!runs(pid, ours)) return;
  process.kill(pid, 'SIGTERM');
  while (runs(pid, ours)) await pause(50);
}

/** Numbers of processes are used again, so the command line must fit too where /proc shows it. */
function runs(pid: number, program: { test(commandLine: string): boolean }): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  try {
    return program.test(readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8'));
  } catch {
    // No /proc on this system.
    return process.platform !== 'linux';
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { OrthancProgram } from './findOrthanc';
import { orthancConfiguration } from './orthancConfiguration';
import { freePort, LOOPBACK } from './ports';

export interface Archive {
  /** DICOMweb root, without a trailing slash. */
  readonly dicomwebUrl: URL;
  readonly pid: number;
  /** Resolves once it answers; rejects, with the log's last line, when it ends before. */
  readonly ready: Promise<void>;
  /** Settles when the archive has ended, with the last line of its log. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;

/** Starts an Orthanc of our own on a free port of this machine, with its data in `folder`. */
export async function startOrthanc(orthanc: OrthancProgram, folder: string): Promise<Archive> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const configurationFile = path.join(folder, 'orthanc.json');
  const logFile = path.join(folder, 'orthanc.log');
  const configuration = orthancConfiguration(folder, port, orthanc.dicomwebPlugin);
  writeFileSync(configurationFile, `${JSON.stringify(configuration, null, 2)}\n`);

  const child = launch(orthanc.program, configurationFile, logFile);
  const ended = endOf(child, logFile);
  const base = `http://${LOOPBACK}:${String(port)}`;
  const ready = Promise.race([answering(`${base}/system`), ended]).then((failure) => {
    if (failure !== undefined)
      throw new Error(`Orthanc did not start: ${failure} (log: ${logFile})`);
  });
  return {
    dicomwebUrl: new URL(`${base}/dicom-web`),
    pid: child.pid ?? -1,
    ready,
    ended,
    stop: () => stop(child, ended),
  };
}

function launch(program: string, configurationFile: string, logFile: string): ChildProcess {
  const log = openSync(logFile, 'w');
  try {
    // Its own process group: Ctrl-C in the terminal reaches us, and we stop it in order.
    return spawn(program, [configurationFile], { detached: true, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

function endOf(child: ChildProcess, logFile: string): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('exit', (code, signal) => {
      const how = signal ? `stopped by ${signal}` : `exit code ${String(code)}`;
      resolve(`${how}; its log says: ${lastLine(logFile) ?? 'nothing'}`);
    });
  });
}

/** The last error of the log, or its last line: Orthanc goes on talking while it shuts down. */
function lastLine(logFile: string): string | undefined {
  const lines = readFileSync(logFile, 'utf8').split('\n').filter(Boolean);
  return lines.findLast((line) => line.startsWith('E')) ?? lines.at(-1);
}

/** Resolves with nothing once `url` answers, or with the reason why it never did. */
async function answering(url: string): Promise<string | undefined> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return undefined;
    await pause(50);
  }
  return `no answer on ${url} within ${String(START_LIMIT_MS / 1000)} s`;
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGTERM');
  const patience = new AbortController();
  const late = pause(STOP_LIMIT_MS, 'late', { signal: patience.signal }).catch(() => 'stopped');
  if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
  patience.abort();
  await ended;
}

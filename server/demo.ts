import { spawn } from 'node:child_process';
import path from 'node:path';
import { DEMO_STUDIES } from '../demo/studies';

export interface DemoOptions {
  /** DICOMweb root of the own archive. */
  readonly archive: URL;
  /** Address of the viewer. */
  readonly url: string;
  readonly root: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/**
 * Loads the two simulated studies into an empty archive, analyses the first with the command line
 * and says where they are. An archive with other studies is left alone.
 */
export async function showDemo(options: DemoOptions): Promise<void> {
  const { archive, say } = options;
  const [first, second] = DEMO_STUDIES.map(({ ids }) => ids.study);
  if ((await count(`${archive.href}/studies?limit=1`)) === 0) {
    say('The archive is empty: loading two simulated studies …');
    await runProgram(options, 'load-demo.js', [archive.href]);
  }
  if (await has(archive, second))
    say(`Study 2           ${addressOf(options.url, second)}   (ready to analyse)`);
  if (await has(archive, first)) await showFirst(options, first);
}

async function showFirst(options: DemoOptions, study: string): Promise<void> {
  const { archive, url, root, say } = options;
  const reports = `${archive.href}/studies/${study}/series?Modality=SR`;
  if ((await count(reports)) === 0) {
    say('Analysing study 1 with the command line …');
    const start = performance.now();
    const model = path.join(root, 'models/demonstration.json');
    try {
      await runProgram(options, 'sts-habitat.js', [
        ...['analyse', '--dicomweb', archive.href, '--study', study],
        ...['--model', model, '--store'],
      ]);
      say(`  done in ${((performance.now() - start) / 1000).toFixed(0)} s`);
    } catch (error) {
      if (options.signal.aborted) throw error;
      say(`! Study 1 was not analysed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const state = (await count(reports)) > 0 ? 'results stored' : 'no results yet';
  say(`Study 1           ${addressOf(url, study)}   (${state})`);
}

function addressOf(url: string, study: string): string {
  return `${url}/sts-habitat?StudyInstanceUIDs=${study}`;
}

async function has(archive: URL, study: string): Promise<boolean> {
  return (await count(`${archive.href}/studies?StudyInstanceUID=${study}`)) > 0;
}

async function count(search: string): Promise<number> {
  const response = await fetch(search, { headers: { accept: 'application/dicom+json' } });
  if (response.status === 204) return 0;
  if (!response.ok) throw new Error(`${search} answered ${String(response.status)}`);
  const found: unknown = await response.json();
  return Array.isArray(found) ? found.length : 0;
}

/** Runs one of our programs to its end; throws with the last line that it wrote to stderr. */
function runProgram(
  { root, signal }: DemoOptions,
  name: string,
  args: readonly string[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'dist/node', name), ...args], {
      cwd: root,
      signal,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let lastLine = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      lastLine = text.split('\n').findLast((line) => line.trim() !== '') ?? lastLine;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(lastLine || `${name} ended with code ${String(code)}`));
    });
  });
}

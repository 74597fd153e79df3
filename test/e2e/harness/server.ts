import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface TestServer {
  /** `http://localhost:PORT` */
  readonly url: string;
  /** DICOMweb root behind the same origin. */
  readonly dicomweb: string;
  stop(): Promise<void>;
}

/** The real server with an own, empty archive in a temporary folder, on free ports. */
export async function startServer(environment: NodeJS.ProcessEnv = {}): Promise<TestServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sts-habitat-e2e-'));
  const child = spawn(process.execPath, ['dist/node/serve.js'], {
    env: { ...process.env, STS_DATA_DIR: folder, STS_PORT: '0', STS_DEMO: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const found = /Study list\s+(http:\S+?)\/?\s/.exec(output)?.[1];
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then(() => {
      reject(new Error(`The server ended before it was ready: ${output}`));
    });
  });
  return {
    url,
    dicomweb: `${url}/dicom-web`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

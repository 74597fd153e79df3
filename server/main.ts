import { showDemo } from './demo';
import { serve, Started } from './serve';
import { readSettings } from './settings';

const started = new Started();
const stopping = new AbortController();
const say = (line: string) => process.stdout.write(`${line}\n`);

async function end(exitCode: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  await started.stop();
  process.exit(exitCode);
}

async function fail(error: unknown): Promise<void> {
  if (stopping.signal.aborted) return;
  process.stderr.write(`! ${error instanceof Error ? error.message : String(error)}\n`);
  await end(1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (!stopping.signal.aborted) say('\nStopping …');
    void end(0);
  });

try {
  const settings = readSettings(process.env);
  const { url, archive, ownArchive, failed } = await serve(settings, started, say);
  void failed.then((reason) => fail(new Error(`Orthanc ended: ${reason}`)));
  // Since the process began: npm start runs the set-up in the same process.
  say(`Study list        ${url}/   (after ${(performance.now() / 1000).toFixed(1)} s)`);
  if (settings.demo && ownArchive)
    await showDemo({ archive, url, root: settings.root, signal: stopping.signal, say });
  say('Ctrl-C stops everything.');
} catch (error) {
  await fail(error);
}

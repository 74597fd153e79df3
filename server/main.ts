import { serve, Started } from './serve';
import { readSettings } from './settings';

const started = new Started();
const say = (line: string) => process.stdout.write(`${line}\n`);
let stopping = false;

async function end(exitCode: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  await started.stop();
  process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    say('\nStopping …');
    void end(0);
  });

try {
  const served = await serve(readSettings(process.env), started, say);
  say(`Study list        ${served.url}/`);
  void served.failed.then((reason) => {
    if (stopping) return;
    process.stderr.write(`Orthanc ended: ${reason}\n`);
    void end(1);
  });
} catch (error) {
  if (!stopping)
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await end(1);
}

import { run } from '../../../cli/run';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process and returns what it printed. */
export async function runCommand(...argv: string[]): Promise<Outcome> {
  const printed = { stdout: '', stderr: '' };
  const restore = (['stdout', 'stderr'] as const).map((name) => {
    const original = process[name].write;
    process[name].write = (chunk: string | Uint8Array): boolean => {
      printed[name] += String(chunk);
      return true;
    };
    return () => {
      process[name].write = original;
    };
  });
  try {
    const code = await run(argv);
    return { code, ...printed };
  } finally {
    for (const undo of restore) undo();
  }
}

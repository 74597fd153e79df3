import { performance } from 'node:perf_hooks';

/** Progress of the set-up, on stderr: stdout belongs to the program that is set up. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Runs `work` and says how long it took. */
export async function timed(label, work) {
  const start = performance.now();
  say(`- ${label} …`);
  const result = await work();
  say(`- ${label}: done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

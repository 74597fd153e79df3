/** Dispatches a command; returns the exit code (0 done, 1 refused input, 2 wrong usage). */
export function run(argv: readonly string[]): Promise<number> {
  process.stderr.write(`sts-habitat: unknown command ${argv[0] ?? '(none)'}\n`);
  return Promise.resolve(2);
}

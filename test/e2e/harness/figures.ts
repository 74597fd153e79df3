import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Measured figures go to .data/e2e/ and to the log: they are reported, not asserted. */
export function reportFigures(name: string, lines: readonly string[]): void {
  const folder = path.resolve('.data/e2e');
  mkdirSync(folder, { recursive: true });
  const text = [name, ...lines.map((line) => `  ${line}`), ''].join('\n');
  writeFileSync(path.join(folder, `figures-${name.replace(/[^\w.-]+/g, '-')}.txt`), text);
  process.stderr.write(text);
}

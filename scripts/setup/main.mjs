import { say } from './say.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);

/** Runs a script's work; a failure is one line and exit code 1. */
export async function main(work) {
  if (major < 20 || (major === 20 && minor < 19)) {
    say(`Node ${process.versions.node} is too old: STS Habitat needs Node 20.19 or later.`);
    process.exit(1);
  }
  try {
    await work();
  } catch (error) {
    say(`! ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

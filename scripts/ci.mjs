// .ci/run: every check in the order in which a fresh machine would do it, and one closing line.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './setup/build.mjs';
import { ARCHIVE, BROWSER, ensureDebianPackages, VALIDATORS } from './setup/debian.mjs';
import { main } from './setup/main.mjs';
import { ensureNodePackages } from './setup/nodePackages.mjs';
import { exitCodeOf, root, run } from './setup/run.mjs';
import { say, timed } from './setup/say.mjs';
import { ensureOtherViewers, ensureViewer } from './setup/viewer.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };

await main(async () => {
  const ready = await step('set-up', async () => {
    await ensureDebianPackages({ ...ARCHIVE, ...BROWSER, ...VALIDATORS });
    await ensureNodePackages();
    await ensureViewer();
    await ensureOtherViewers();
  });
  if (ready) {
    await step('lint', () => run('npm', ['run', '--silent', 'lint']));
    await step('type check', () => run('npm', ['run', '--silent', 'typecheck']));
    const built = await step('build', () => ensureBuilt());
    await tests('test');
    if (built) await tests('test:e2e');
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
});

/** A step that is no test counts as one failure when it fails, so that the last line tells. */
async function step(name, work) {
  try {
    await timed(name, work);
    return true;
  } catch (error) {
    say(`! ${name} failed: ${error.message}`);
    total.failed++;
    return false;
  }
}

/** `script`: of package.json, the commands that the README names. */
async function tests(script) {
  const report = path.join(root, `.data/ci/${script.replace(':', '-')}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const code = await timed(`npm run ${script}`, () =>
    exitCodeOf('npm', ['run', '--silent', script, '--', '--json', `--outputFile=${report}`]),
  );
  const failures = total.failed;
  if (existsSync(report)) count(JSON.parse(readFileSync(report, 'utf8')));
  // A file that does not load, or jest itself ending early, is a failure without a failed test.
  if (code !== 0 && total.failed === failures) total.failed++;
}

function count(report) {
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  total.skipped += report.numPendingTests + report.numTodoTests;
}

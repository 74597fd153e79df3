import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../../src/training/random';
import { writeSmallCohort } from '../../fixtures/smallCohort';

const MINUTES = 60_000;
const PATIENTS = 5;
const KILLS = 5;

describe('an extraction that is killed', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sts-killed-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'five times at random moments and resumed writes what an uninterrupted one writes',
    async () => {
      const cohort = writeSmallCohort(folder, PATIENTS);
      const start = (out: string, threads: number, ...more: string[]): ChildProcess =>
        spawn(
          process.execPath,
          [
            ...['--import', './bench/register.mjs', '--no-warnings'],
            ...['test/mechanics/extract/extractMain.ts', '--manifest', cohort.manifest],
            ...['--settings', cohort.settings, '--out', path.join(folder, out), '--quiet'],
            ...['--threads', String(threads), ...more],
          ],
          { stdio: ['ignore', 'ignore', 'inherit'] },
        );
      expect(await ended(start('whole.csv', 1))).toEqual({ code: 0, signal: null });

      const random = seededRandom(20261123, 1);
      for (let kill = 0; kill < KILLS; kill++) {
        const child = start('killed.csv', kill % 2 === 0 ? 2 : 1, '--resume');
        const end = ended(child);
        const work = path.join(folder, 'killed.work');
        const enough = finished(work) + 1 + random.integer(2);
        while (finished(work) < enough && child.exitCode === null) await pause(5);
        await pause(random.integer(250));
        child.kill('SIGKILL');
        expect(await end).toEqual({ code: null, signal: 'SIGKILL' });
        expect(existsSync(path.join(folder, 'killed.csv'))).toBe(false);
      }
      expect(await ended(start('killed.csv', 2, '--resume'))).toEqual({ code: 0, signal: null });

      for (const name of ['.csv', '.artefacts.json', '.cautions.csv']) {
        const [killed, whole] = ['killed', 'whole'].map((out) =>
          readFileSync(path.join(folder, `${out}${name}`), 'utf8'),
        );
        expect(killed).toBe(whole);
      }
      const left = readdirSync(path.join(folder, 'killed.work'));
      expect(left.filter((name) => name.endsWith('.unfinished'))).toEqual([]);
    },
    10 * MINUTES,
  );
});

/** Results that are whole. */
function finished(work: string): number {
  if (!existsSync(work)) return 0;
  return readdirSync(work).filter((name) => !name.endsWith('.unfinished')).length;
}

function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

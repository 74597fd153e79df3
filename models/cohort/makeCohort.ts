/**
 * A simulated cohort from images to a validated model, by the commands that a site would use:
 * simulate, `extract`, `train`, `validate`. Each step can be stopped and started again.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../cli/run';
import { patientListFile } from '../../cli/fileNames';
import { parseModel } from '../../src/model/parseModel';
import type { Model } from '../../src/model/schema';
import { sealModel } from '../../src/training/buildModel';
import { patientList } from '../../src/training/patientList';
import { describeRecovery, recoveryOf, type Recovery } from './recovery';
import { simulatePatients } from './simulate';
import { simulatedCohort, type CohortPatient, type CohortSize } from './simulatedCohort';
import { clinicalTable, manifestTable, truthTable } from './tables';

export interface CohortJob {
  readonly folder: string;
  readonly seed: number;
  readonly size: CohortSize;
  readonly threads: number;
  /** YAML of `extract` and of `train`. */
  readonly settings: { readonly extract: string; readonly train: string };
  readonly say: (line: string) => void;
  readonly quiet: boolean;
}

export interface MadeCohort {
  readonly model: Model;
  readonly recovery: Recovery;
}

export async function makeCohort(job: CohortJob): Promise<MadeCohort> {
  const { folder, threads, say } = job;
  const at = (name: string): string => path.join(folder, name);
  const patients = simulatedCohort(job.seed, job.size);
  await timed('Simulated', say, () =>
    simulatePatients(at('studies'), patients, threads, (done) => {
      if (done % 10 === 0) say(`${done} of ${patients.length} patients simulated`);
    }),
  );
  writeTables(folder, patients);
  const common = ['--threads', String(threads), ...(job.quiet ? ['--quiet'] : [])];
  const features = ['--features', at('features.csv')];
  await timed('Extracted', say, () =>
    command([
      ...['extract', '--manifest', at('manifest.csv'), '--settings', job.settings.extract],
      ...['--out', at('features.csv'), '--resume', ...common],
    ]),
  );
  await timed('Trained', say, () =>
    command([
      ...['train', ...features, '--clinical', at('training.csv'), '--config', job.settings.train],
      ...['--out', at('trained.json'), '--report', at('training.html'), ...common],
    ]),
  );
  nameAsDemonstration(at('trained.json'), at('demonstration.json'), patients);
  await timed('Validated', say, () =>
    command([
      ...['validate', '--model', at('demonstration.json'), ...features],
      ...['--clinical', at('validation.csv'), '--report', at('validation.html')],
      ...['--description', 'Simulated patients of two other centres'],
      ...['--out-model', at('validated.json')],
    ]),
  );
  const model = readModel(at('validated.json'));
  const recovery = recoveryOf(patients, model, readFileSync(at('features.csv'), 'utf8'));
  writeFileSync(at('recovery.json'), `${JSON.stringify(recovery, null, 1)}\n`);
  say(describeRecovery(recovery));
  return { model, recovery };
}

function writeTables(folder: string, patients: readonly CohortPatient[]): void {
  mkdirSync(folder, { recursive: true });
  const of = (cohort: CohortPatient['cohort']): CohortPatient[] =>
    patients.filter((patient) => patient.cohort === cohort);
  const tables = {
    'manifest.csv': manifestTable(patients),
    'training.csv': clinicalTable(of('train')),
    'validation.csv': clinicalTable(of('validation')),
    'truth.csv': truthTable(patients),
  };
  for (const [name, table] of Object.entries(tables)) {
    writeFileSync(path.join(folder, name), table);
  }
}

/** A model of simulated patients must never pass for a trained one. */
function nameAsDemonstration(
  trained: string,
  out: string,
  patients: readonly CohortPatient[],
): void {
  const model = sealModel({ ...readModel(trained), status: 'demonstration' });
  const training = patients.filter(({ cohort }) => cohort === 'train').map(({ id }) => id);
  writeFileSync(out, `${JSON.stringify(model, null, 2)}\n`);
  writeFileSync(
    patientListFile(out),
    `${JSON.stringify(patientList(model.hash, training), null, 1)}\n`,
  );
}

function readModel(file: string): Model {
  return parseModel(JSON.parse(readFileSync(file, 'utf8')));
}

async function command(argv: readonly string[]): Promise<void> {
  const code = await run(argv);
  if (code !== 0) throw new Error(`sts-habitat ${argv[0]} ended with exit code ${code}.`);
}

async function timed(
  what: string,
  say: (line: string) => void,
  work: () => Promise<void>,
): Promise<void> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const wall = (performance.now() - start) / 1000;
  say(
    `${what} in ${wall.toFixed(0)} s (${((user + system) / 1e6).toFixed(0)} s of processor time)`,
  );
}

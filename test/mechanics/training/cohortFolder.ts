import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../fixtures/temporaryFolder';
import { cohortTables, type CohortOptions, type CohortTables } from '../../fixtures/trainingCohort';
import { runCommand, type Outcome } from '../cli/capture';

/** A folder with the tables of a training, as `extract` would leave it. */
export class CohortFolder {
  readonly folder = temporaryFolder();

  constructor(
    options: CohortOptions,
    change: (tables: CohortTables) => Partial<CohortTables> = () => ({}),
  ) {
    const tables = cohortTables(options);
    const { features, clinical, artefacts } = { ...tables, ...change(tables) };
    this.write('features.csv', features);
    this.write('clinical.csv', clinical);
    if (artefacts !== '') this.write('features.artefacts.json', artefacts);
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  write(name: string, content: string): void {
    writeFileSync(this.file(name), content);
  }

  read(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }

  train(config: Readonly<Record<string, unknown>> = {}, name = 'model'): Promise<Outcome> {
    this.write('config.json', JSON.stringify({ resamples: 2, ...config }));
    return runCommand(
      'train',
      ...['--features', this.file('features.csv'), '--clinical', this.file('clinical.csv')],
      ...['--out', this.file(`${name}.json`), '--report', this.file(`${name}.html`)],
      ...['--config', this.file('config.json'), '--threads', '1', '--quiet', '--json'],
    );
  }

  /** The model of this folder on the cohort of another. */
  validate(cohort: CohortFolder, ...more: string[]): Promise<Outcome> {
    return runCommand(
      'validate',
      ...['--model', this.file('model.json')],
      ...['--features', cohort.file('features.csv'), '--clinical', cohort.file('clinical.csv')],
      ...['--report', this.file('validation.html'), ...more],
    );
  }
}

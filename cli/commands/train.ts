import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { InputError } from '../../src/chain/errors';
import { buildModel } from '../../src/training/buildModel';
import { patientList } from '../../src/training/patientList';
import {
  parseArtefacts,
  parseTrainingSettings,
  type Artefacts,
  type TrainingSettings,
} from '../../src/training/settings';
import { train } from '../../src/training/train';
import { trainingReportPage } from '../../report/trainingReportPage';
import { readCohort } from '../cohortFiles';
import { artefactsFile, patientListFile, requireWritable } from '../fileNames';
import { oneNumber } from '../options';
import { createProgress } from '../progress';
import { readRepeats } from '../repeatsFile';
import { resamplesOn } from '../resamplePool';
import { readJsonIfThere, readSettingsFile } from '../settingsFile';
import { describeTraining, summariseTraining } from '../trainingText';

interface Options {
  readonly features: string;
  readonly clinical: string;
  readonly out: string;
  readonly report: string;
  readonly config?: string;
  readonly threads?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function trainCommand(): Command {
  return new Command('train')
    .description('All signatures, selection, RPRS, nomogram and cut-off from a cohort.')
    .requiredOption('--features <file>', 'CSV that “extract” wrote, a row for each patient')
    .requiredOption('--clinical <file>', 'CSV: patient, time (months), event, age, batch, …')
    .requiredOption('--out <file>', 'model file')
    .requiredOption('--report <file>', 'report, one HTML file')
    .option('--config <file>', 'settings, YAML or JSON')
    .option('--threads <n>', 'threads (default: all cores)', oneNumber)
    .option('--json', 'print a machine-readable result')
    .option('--quiet', 'no progress')
    .action(async (options: Options) => {
      await requireWritable(options.out, options.report);
      const { settings, artefacts } = await readSettings(options);
      const cohort = await readCohort(options.features, options.clinical, settings.columns);
      const repeats = settings.repeats
        ? await readRepeats(
            path.resolve(path.dirname(options.config ?? '.'), settings.repeats.file),
            settings.columns.patient,
          )
        : null;
      const progress = createProgress(options.quiet ?? false);
      const threads = Math.max(1, Math.floor(options.threads ?? availableParallelism()));
      const started = Date.now();
      const training = await train(
        cohort,
        settings,
        resamplesOn(threads, (fraction) => {
          progress.step(
            `Resamples ${Math.round(100 * fraction)} %${timeLeft(started, fraction)}`,
            fraction,
          );
        }),
        repeats,
      ).finally(() => {
        progress.end();
      });
      const model = buildModel(training, artefacts);
      await writeFile(options.report, trainingReportPage(training, model));
      await writeFile(
        patientListFile(options.out),
        `${JSON.stringify(patientList(model.hash, cohort.patients), null, 1)}\n`,
      );
      await writeFile(options.out, `${JSON.stringify(model, null, 2)}\n`);
      process.stdout.write(
        options.json
          ? `${JSON.stringify(summariseTraining(training, model), null, 1)}\n`
          : describeTraining(training, model, options),
      );
    });
}

async function readSettings(
  options: Options,
): Promise<{ settings: TrainingSettings; artefacts: Artefacts }> {
  const settings = parseTrainingSettings(
    options.config === undefined ? {} : await readSettingsFile(options.config),
    options.config ?? 'settings',
  );
  if (settings.artefacts) return { settings, artefacts: settings.artefacts };
  const file = artefactsFile(options.features);
  const json = await readJsonIfThere(file);
  if (json === undefined) {
    throw new InputError(
      'FILE_UNREADABLE',
      `${file} is missing, so the model cannot say how its features were measured: keep the file that “extract” writes beside its table, or give “artefacts” in --config.`,
    );
  }
  return { settings, artefacts: parseArtefacts(json, file) };
}

function timeLeft(started: number, fraction: number): string {
  const seconds = ((Date.now() - started) / 1000) * (1 / fraction - 1);
  return fraction < 1 ? `, about ${Math.ceil(seconds)} s left` : '';
}

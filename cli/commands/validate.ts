import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { parseModel } from '../../src/model/parseModel';
import type { Model } from '../../src/model/schema';
import { sealModel } from '../../src/training/buildModel';
import { parsePatientList, refuseTrainingPatients } from '../../src/training/patientList';
import { parseTrainingSettings } from '../../src/training/settings';
import { validate, type Validation } from '../../src/training/validate';
import { validationReportPage } from '../../report/validationReportPage';
import { readCohort } from '../cohortFiles';
import { patientListFile, requireWritable } from '../fileNames';
import { readModelFile } from '../modelFile';
import { readJsonIfThere, readSettingsFile } from '../settingsFile';

interface Options {
  readonly model: string;
  readonly features: string;
  readonly clinical: string;
  readonly report: string;
  readonly config?: string;
  readonly description?: string;
  readonly outModel?: string;
  readonly json?: boolean;
}

export function validateCommand(): Command {
  return new Command('validate')
    .description('A frozen model on another cohort; nothing is refitted.')
    .requiredOption('--model <file>', 'model file')
    .requiredOption('--features <file>', 'CSV that “extract” wrote, a row for each patient')
    .requiredOption('--clinical <file>', 'CSV: patient, time (months), event, age, batch')
    .requiredOption('--report <file>', 'report, one HTML file')
    .option('--config <file>', 'settings of “train”; of them, the names of the columns are used')
    .option('--description <text>', 'what the cohort is (default: the name of the clinical table)')
    .option('--out-model <file>', 'a new model file with this validation in it, and a new hash')
    .option('--json', 'print a machine-readable result')
    .action(async (options: Options) => {
      await requireWritable(options.report, ...(options.outModel ? [options.outModel] : []));
      const model = parseModel(await readModelFile(options.model));
      const { columns } = parseTrainingSettings(
        options.config === undefined ? {} : await readSettingsFile(options.config),
        options.config ?? 'settings',
      );
      const cohort = await readCohort(options.features, options.clinical, columns);
      const list = parsePatientList(
        await readJsonIfThere(patientListFile(options.model)),
        model.hash,
      );
      if (list) refuseTrainingPatients(list, cohort.patients);
      const description = options.description ?? path.basename(options.clinical);
      const validation = validate(model, cohort, description);
      await writeFile(options.report, validationReportPage(validation, model));
      if (options.outModel) await writeModel(options.outModel, model, validation);
      const overlap = list
        ? 'No patient is one of the training.'
        : `Not checked: whether patients of the training are among these (${patientListFile(options.model)} is not there or belongs to another model).`;
      process.stdout.write(
        options.json ? json(validation, list !== null) : describe(validation, overlap),
      );
    });
}

/** The numbers of the model stay; what is known about it changes, so hash and UID change too. */
async function writeModel(file: string, model: Model, { entry }: Validation): Promise<void> {
  const validated = sealModel({
    ...model,
    status: model.status === 'demonstration' ? model.status : 'externallyValidated',
    validations: [...model.validations, entry],
  });
  await writeFile(file, `${JSON.stringify(validated, null, 2)}\n`);
}

function json(
  { entry, figures, groups, unharmonised, warnings, applied }: Validation,
  checked: boolean,
): string {
  const result = {
    validation: entry,
    overlapWithTrainingChecked: checked,
    figures,
    groups,
    unharmonised,
    warnings,
    patients: applied.patients,
    notEvaluable: applied.notEvaluable,
  };
  return `${JSON.stringify(result, null, 1)}\n`;
}

function describe(validation: Validation, overlap: string): string {
  const { figures, groups, entry, warnings } = validation;
  const interval = (limits: readonly number[]): string =>
    limits.map((value) => value.toFixed(3)).join(' to ');
  return [
    `${figures.patients} patients, ${figures.events} events. ${overlap}`,
    ...figures.models.map(
      ({ name, harrell, error }) =>
        `${name}: C ${harrell.c.toFixed(3)} (95 % CI ${interval(harrell.interval)})${error ? `, IBS ${error.integrated.toFixed(3)} (Kaplan-Meier ${error.integratedKaplanMeier.toFixed(3)})` : ''}`,
    ),
    ...figures.models[0].horizons.flatMap(({ months, auc, brier }) =>
      auc && brier !== null
        ? [
            `At ${months} months: AUC ${auc.value.toFixed(3)} (${interval(auc.interval)}), Brier ${brier.toFixed(3)}`,
          ]
        : [],
    ),
    ...(figures.slope
      ? [
          `Calibration slope ${figures.slope.value.toFixed(2)} (${figures.slope.interval.map((value) => value.toFixed(2)).join(' to ')})`,
        ]
      : []),
    ...groups.groups.map(
      ({ name, patients, events }) => `${name}: ${patients} patients, ${events} events`,
    ),
    ...(groups.logRank
      ? [
          `Log-rank chi-squared ${groups.logRank.chiSquared.toFixed(2)}, p ${groups.logRank.p.toPrecision(2)}`,
        ]
      : []),
    ...warnings.map((warning) => `Caution: ${warning}`),
    'For the model file’s “validations” (--out-model writes it in, with a new hash):',
    JSON.stringify(entry),
    '',
  ].join('\n');
}

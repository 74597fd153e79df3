import { rm } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { Command } from 'commander';
import { cautionTable, failureTable, featureTable } from '../extract/cohortTables';
import type { FailedRow } from '../extract/cohortTables';
import { extractCohort, requireMeasured, type ExtractedCohort } from '../extract/extractCohort';
import { readManifest } from '../extract/manifest';
import { measurementByArtefacts, measurementBySettings } from '../extract/measurement';
import { rowSteps } from '../extract/rowSteps';
import { openRowPool } from '../extract/rowPool';
import { openWorkFolder, writeWhole } from '../extract/workFolder';
import {
  artefactsFile,
  cautionsFile,
  failuresFile,
  requireWritable,
  workFolder,
} from '../fileNames';
import { IncompleteResult } from '../incompleteResult';
import { oneNumber } from '../options';
import { createProgress, type Progress } from '../progress';

interface Options {
  readonly manifest: string;
  readonly settings?: string;
  readonly artefacts?: string;
  readonly out: string;
  readonly resume?: boolean;
  readonly threads?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** A thread with a study of 512 x 512 x 80 voxels stays below this. */
const BYTES_PER_THREAD = 1.5e9;

export function extractCommand(): Command {
  return new Command('extract')
    .description('Features of a cohort: a row for each patient, for “train” and “validate”.')
    .requiredOption('--manifest <file>', 'CSV: patient, cohort, where the images are, batch, …')
    .option('--settings <file>', 'YAML or JSON (default: paper1906 features, 93 of each habitat)')
    .option('--artefacts <file>', 'landmarks and habitats of an earlier cohort, or a model file')
    .requiredOption('--out <file>', 'table (CSV); the other files are written beside it')
    .option('--resume', 'go on where an earlier run was stopped')
    .option('--threads <n>', 'threads (default: all cores)', oneNumber)
    .option('--json', 'print a machine-readable summary')
    .option('--quiet', 'no progress')
    .action(async (options: Options, command: Command) => {
      if (options.settings !== undefined && options.artefacts !== undefined) {
        command.error('error: give --settings or --artefacts: artefacts carry their settings');
      }
      await requireWritable(options.out);
      const rows = await readManifest(options.manifest);
      const how =
        options.artefacts === undefined
          ? await measurementBySettings(options.settings)
          : await measurementByArtefacts(options.artefacts);
      const folder = workFolder(options.out);
      await openWorkFolder(folder);
      const progress = createProgress(options.quiet ?? false);
      const pool = openRowPool(threadsOf(options.threads, rows.length));
      const around = { folder, resume: options.resume ?? false, pool };
      const extracted = await extractCohort(rows, how, {
        ...around,
        onRow: rowSteps(progress),
        onFailure: (failure) => tell(failure, progress),
      }).finally(async () => {
        progress.end();
        await pool.end();
      });
      await write(extracted, options.out);
      process.stdout.write(
        options.json ? toJson(extracted, options.out) : describe(extracted, options.out),
      );
      requireComplete(extracted, options.out);
    });
}

function threadsOf(wanted: number | undefined, rows: number): number {
  const fitting = Math.floor(totalmem() / BYTES_PER_THREAD);
  const threads = wanted ?? Math.min(availableParallelism(), fitting, rows);
  return Math.max(1, Math.floor(threads));
}

/** Also with --quiet: a failure is no progress. */
function tell({ row, reason }: FailedRow, progress: Progress): void {
  progress.end();
  process.stderr.write(`Row ${row.row}, patient ${row.patient}: ${reason}\n`);
}

/** The table comes last: where it is, the rest is. */
async function write(extracted: ExtractedCohort, out: string): Promise<void> {
  const { artefacts, features, measured, failed } = extracted;
  if (failed.length > 0) await writeWhole(failuresFile(out), failureTable(failed));
  else await rm(failuresFile(out), { force: true });
  requireMeasured(extracted);
  await writeWhole(artefactsFile(out), `${JSON.stringify(artefacts, null, 2)}\n`);
  await writeWhole(cautionsFile(out), cautionTable(measured));
  await writeWhole(out, featureTable(features, measured));
}

function describe({ measured, failed, features }: ExtractedCohort, out: string): string {
  const training = measured.filter(({ row }) => row.cohort === 'train').length;
  const cautions = measured.reduce((sum, row) => sum + row.cautions.length, 0);
  return [
    `${measured.length} patients (${training} training, ${measured.length - training} validation), ${features.length} features each, ${failed.length} failed`,
    `Table ${out}, artefacts ${artefactsFile(out)}, ${cautions} cautions ${cautionsFile(out)}`,
    `${workFolder(out)} holds intermediate results and can be deleted.`,
    '',
  ].join('\n');
}

function toJson({ measured, failed, features }: ExtractedCohort, out: string): string {
  const summary = {
    patients: measured.length + failed.length,
    measured: measured.length,
    training: measured.filter(({ row }) => row.cohort === 'train').length,
    features: features.length,
    failed: failed.map(({ row, code, reason }) => ({
      row: row.row,
      patient: row.patient,
      code,
      reason,
    })),
    files: { features: out, artefacts: artefactsFile(out), cautions: cautionsFile(out) },
  };
  return `${JSON.stringify(summary, null, 1)}\n`;
}

/** @throws IncompleteResult */
function requireComplete({ measured, failed }: ExtractedCohort, out: string): void {
  if (failed.length === 0) return;
  throw new IncompleteResult(
    `${failed.length} of ${measured.length + failed.length} patients failed and are not in ${out}: see ${failuresFile(out)}, mend the cause and run again with --resume.`,
  );
}

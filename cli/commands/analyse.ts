import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import type { AnalysisResult, DicomObject } from '../../src/chain/analysis';
import { InputError } from '../../src/chain/errors';
import { analyse } from '../../src/chain/habitatChain';
import { STAGES, type StageReport } from '../../src/chain/stage';
import { connectArchive } from '../../src/dicom/archive';
import { storeAndVerify, type StoreStep } from '../../src/dicom/store';
import { guessSeriesRoles, requireSeriesRoles } from '../../src/dicom/seriesRoles';
import { featurePool } from '../../src/workers/featurePool';
import { nodeFeatureWorker } from '../../src/workers/nodeFeatureWorker';
import { archiveAddress, studyFromArchive, type ArchiveAddress } from '../archiveStudy';
import { describeAnalysis } from '../analysisText';
import { chooseTumour } from '../chooseTumour';
import { rigidEngine } from '../engine';
import { studyFromFolder } from '../folderStudy';
import { readModelFile } from '../modelFile';
import { oneNumber } from '../options';
import { createProgress, type Progress } from '../progress';
import type { Study } from '../study';

interface Options {
  readonly dicomweb?: string;
  readonly study?: string;
  readonly dicom?: string;
  readonly fsT2?: string;
  readonly ceT1?: string;
  readonly tumour?: string;
  readonly exclude: readonly string[];
  readonly largestLesion?: boolean;
  readonly identity?: boolean;
  readonly model: string;
  readonly age?: number;
  readonly batch?: string;
  readonly comprehensiveSr?: boolean;
  readonly store?: boolean;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function analyseCommand(): Command {
  return new Command('analyse')
    .description('The whole chain on one study, from the images to SEG and SR.')
    .option('--dicomweb <url>', 'DICOMweb root of the archive')
    .option('--study <uid>', 'Study Instance UID')
    .option('--dicom <folder>', 'a folder of DICOM files instead of an archive')
    .option('--fs-t2 <series>', 'Series Instance UID (default: guessed)')
    .option('--ce-t1 <series>', 'Series Instance UID (default: guessed)')
    .option('--tumour <series[:name]>', 'SEG segment or RTSTRUCT ROI (default: the only one)')
    .option(
      '--exclude <series[:name]>',
      'segment or ROI that the ring stays out of; can be given again',
      (name: string, before: readonly string[]) => [...before, name],
      [],
    )
    .option('--largest-lesion', 'of a tumour of several pieces only the largest')
    .option('--identity', 'take the DICOM positions as they are instead of registering')
    .requiredOption('--model <file>', 'model file (JSON)')
    .option('--age <years>', "default: the study's", oneNumber)
    .option('--batch <name>', 'scanner batch for ComBat')
    .option('--comprehensive-sr', 'write a Comprehensive SR instead of a Comprehensive 3D SR')
    .option('--store', 'send SEG and SR to the archive and read them back')
    .option('--out <folder>', 'write SEG and SR here')
    .option('--json', 'print a machine-readable result')
    .option('--quiet', 'no progress')
    .action(runAnalysis);
}

type StudyLocation =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'archive'; readonly address: ArchiveAddress; readonly study: string };

async function runAnalysis(options: Options, command: Command): Promise<void> {
  const location = locate(options, command);
  const progress = createProgress(options.quiet ?? false);
  try {
    const model = await readModelFile(options.model);
    const study = await openStudy(location, progress);
    const result = await analyseStudy(study, model, options, progress);
    if (options.out !== undefined) await writeObjects(result.objects, options.out, progress);
    if (options.store && location.kind === 'archive') {
      await storeAndVerify(connectArchive(location.address), result.objects, (object, step) =>
        progress.say(`${object.kind}: ${STORE_STEPS[step]}`),
      );
    }
    progress.end();
    process.stdout.write(options.json ? toJson(result) : describeAnalysis(result));
  } finally {
    progress.end();
  }
}

const STORE_STEPS: Readonly<Record<StoreStep, string>> = {
  sending: 'sending',
  sent: 'sent',
  readBack: 'read back',
  verified: 'verified in the archive',
  failed: 'not stored',
};

function locate(options: Options, command: Command): StudyLocation {
  const { dicom, dicomweb, study } = options;
  if (dicom !== undefined && dicomweb === undefined && !options.store) {
    return { kind: 'folder', folder: dicom };
  }
  if (dicom === undefined && dicomweb !== undefined && study !== undefined) {
    return { kind: 'archive', address: archiveAddress(dicomweb), study };
  }
  return command.error(
    'error: give either --dicomweb URL with --study UID, or --dicom FOLDER (without --store)',
  );
}

function openStudy(from: StudyLocation, progress: Progress): Promise<Study> {
  return from.kind === 'folder'
    ? studyFromFolder(from.folder, progress)
    : studyFromArchive(from.address, from.study, progress);
}

async function analyseStudy(
  study: Study,
  model: unknown,
  options: Options,
  progress: Progress,
): Promise<AnalysisResult> {
  const guessed = guessSeriesRoles(study.series);
  const series = requireSeriesRoles(
    { fsT2: options.fsT2 ?? guessed.fsT2, ceT1: options.ceT1 ?? guessed.ceT1 },
    study.series,
  );
  return analyse(
    {
      source: study.source,
      series,
      tumour: chooseTumour(study.tumours, options.tumour),
      exclude: options.exclude.map((name) => chooseTumour(study.tumours, name)),
      ...(options.largestLesion ? { lesions: 'largest' } : {}),
      ...(options.identity ? { registration: 'identity' } : {}),
      age: requireAge(options.age ?? study.age),
      ageOrigin: options.age === undefined ? 'study' : 'entered',
      batch: options.batch ?? null,
      model,
      ...(options.comprehensiveSr ? { reportClass: 'ComprehensiveSR' } : {}),
    },
    {
      engine: rigidEngine(),
      featurePool: featurePool(nodeFeatureWorker, availableParallelism()),
      signal: new AbortController().signal,
      report: (report) => tell(report, progress),
    },
  );
}

function requireAge(age: number | null): number {
  if (age !== null) return age;
  throw new InputError(
    'AGE_MISSING',
    "The study does not give the patient's age: give it with --age, because the risk depends on it.",
  );
}

function tell({ stage, state }: StageReport, progress: Progress): void {
  const label = STAGES.find(({ id }) => id === stage)?.label ?? stage;
  if (state.state === 'running') progress.step(label, state.fraction);
  if (state.state === 'done') progress.say(`${label}: done in ${state.seconds.toFixed(1)} s`);
  if (state.state === 'notApplied') progress.say(`${label}: not applied: ${state.reason}`);
}

async function writeObjects(
  objects: readonly DicomObject[],
  folder: string,
  progress: Progress,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const object of objects) {
    const file = path.join(folder, `${object.kind}-${object.sopInstanceUid}.dcm`);
    await writeFile(file, object.part10);
    progress.say(`wrote ${file}`);
  }
}

/** Everything but pixels and files: the objects are in `--out`. */
function toJson({
  overlays: _overlays,
  acceptedReport: _acceptedReport,
  objects,
  ...result
}: AnalysisResult): string {
  const written = objects.map(({ part10: _part10, ...object }) => object);
  return `${JSON.stringify({ ...result, objects: written }, null, 1)}\n`;
}

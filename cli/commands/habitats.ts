import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { gunzipSync } from 'fflate';
import type { HabitatSize } from '../../src/chain/analysis';
import { InputError } from '../../src/chain/errors';
import { habitatStability, type HabitatStability } from '../../src/chain/habitatStability';
import { regionSizes } from '../../src/chain/regionSizes';
import { SILENT_RUN, STAGES, type StageReport } from '../../src/chain/stage';
import { findStudyHabitats, type StudyHabitats } from '../../src/chain/studyHabitats';
import { writeNifti } from '../../src/io/writeNifti';
import { parseModel } from '../../src/model/parseModel';
import type { Model } from '../../src/model/schema';
import type { LabelMap } from '../../src/volume/volume';
import { rigidEngine } from '../engine';
import { studyFromImageFiles, type NamedBytes } from '../extract/imageFileStudy';
import { requireWritable } from '../fileNames';
import { readBytes } from '../imageFiles';
import { readModelFile } from '../modelFile';
import { oneNumber } from '../options';
import { createProgress, type Progress } from '../progress';

interface Options {
  readonly fsT2: string;
  readonly ceT1: string;
  readonly tumour: string;
  readonly label?: number;
  readonly exclude: readonly string[];
  readonly largestLesion?: boolean;
  readonly model: string;
  readonly register?: boolean;
  readonly corrected?: boolean;
  readonly stability?: boolean;
  readonly out: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `sts-habitat habitats`: the chain from the images to the label map, on image files. */
export function habitatsCommand(): Command {
  return new Command('habitats')
    .description('Habitats of one tumour with the centroids and landmarks of a model.')
    .requiredOption('--fs-t2 <image>', 'FS-T2WI, .nii, .nii.gz or .nrrd')
    .requiredOption('--ce-t1 <image>', 'CE-T1WI, taken as registered without --register')
    .requiredOption('--tumour <mask>', 'on the grid of one of the images')
    .option('--label <n>', 'of the tumour in the mask (default: the only one)', oneNumber)
    .option(
      '--exclude <mask>',
      'what the ring stays out of; can be given again',
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .option('--largest-lesion', 'of a tumour of several pieces only the largest')
    .requiredOption('--model <file>', 'model file (JSON)')
    .option('--register', 'search the rigid motion between the images, as “analyse” does')
    .option('--corrected', 'the images are free of bias: leave N4 out, whatever the model says')
    .option('--stability', 'also: Dice of each habitat under small changes of contour and noise')
    .requiredOption('--out <labels>', '1, 2, 3 on the grid of FS-T2WI, .nii.gz or .nii')
    .option('--json', 'print a machine-readable result')
    .option('--quiet', 'no progress')
    .action(findHabitatsOfFiles);
}

async function findHabitatsOfFiles(options: Options): Promise<void> {
  requireNifti(options.out);
  await requireWritable(options.out);
  const model = parseModel(await readModelFile(options.model));
  const files = {
    fsT2: await named(options.fsT2),
    ceT1: await named(options.ceT1),
    tumour: await named(options.tumour),
    exclude: await Promise.all(options.exclude.map(named)),
  };
  const progress = createProgress(options.quiet ?? false);
  const found = await findStudyHabitats(
    () =>
      studyFromImageFiles(
        files,
        options.label ?? null,
        options.largestLesion ? 'largest' : undefined,
      ),
    model,
    { register: options.register ?? false, corrected: options.corrected ?? false },
    rigidEngine(),
    {
      signal: new AbortController().signal,
      report: (report) => tell(report, progress),
    },
  ).finally(() => progress.end());
  await writeLabels(options.out, habitatsOnly(found.labels.fsT2));
  const stability = options.stability ? habitatStability(found, model, SILENT_RUN) : null;
  const summary = summaryOf(found, model, stability, options.out);
  process.stdout.write(options.json ? `${JSON.stringify(summary, null, 1)}\n` : describe(summary));
}

async function named(file: string): Promise<NamedBytes> {
  return { file, bytes: await readBytes(file) };
}

function tell({ stage, state }: StageReport, progress: Progress): void {
  const label = STAGES.find(({ id }) => id === stage)?.label ?? stage;
  if (state.state === 'running') progress.step(label, state.fraction);
}

function requireNifti(file: string): void {
  if (/\.nii(\.gz)?$/i.test(file)) return;
  throw new InputError(
    'SETTING_UNSUPPORTED',
    `${file} cannot be written: label maps are written as NIfTI; choose a name that ends with .nii.gz or .nii.`,
  );
}

/** Without the ring and without tumour voxels that one of the series does not show. */
function habitatsOnly({ grid, data }: LabelMap): LabelMap {
  return { grid, data: data.map((label) => (label <= 3 ? label : 0)) };
}

async function writeLabels(file: string, labels: LabelMap): Promise<void> {
  const zipped = writeNifti(labels);
  await writeFile(file, /\.gz$/i.test(file) ? zipped : gunzipSync(zipped));
}

type Summary = ReturnType<typeof summaryOf>;

function summaryOf(
  found: StudyHabitats,
  model: Model,
  stability: readonly HabitatStability[] | null,
  out: string,
) {
  const { regions, labels, habitats, alignment, flags, stages } = found;
  const sizes = regionSizes(labels.fsT2, habitats, model, regions.clippedFraction);
  return {
    out,
    model: { name: model.name, version: model.version, hash: model.hash, status: model.status },
    tumour: sizes.tumour,
    habitats: sizes.habitats,
    ring: { ...sizes.ring, excludedFraction: regions.excludedFraction },
    registration: alignment.registration.summary,
    ...(stability === null ? {} : { stability }),
    flags,
    stages: stages.map(({ stage, applied, note }) => ({ stage, applied, note })),
  };
}

function describe({ out, model, tumour, habitats, ring, ...more }: Summary): string {
  return [
    `Model: ${model.name} ${model.version} (${model.status})`,
    'Research use only. Not a medical device. Not validated for clinical decisions.',
    `Tumour    ${millilitres(tumour.volumeMm3)}`,
    ...habitats.map(describeHabitat),
    `Ring      ${millilitres(ring.volumeMm3)} (${percent(ring.clippedFraction).trim()} of it lost: air, images' edge, ${percent(ring.excludedFraction).trim()} excluded)`,
    ...(more.stability ?? []).map(describeStability),
    ...more.stages
      .filter(({ applied }) => !applied)
      .map(({ stage, note }) => `Not applied: ${stage}: ${note}`),
    ...more.flags.map(({ code, message }) => `Caution: ${message} (${code})`),
    `Wrote ${out}`,
    '',
  ].join('\n');
}

function describeStability({ change, dice }: HabitatStability): string {
  const text = dice.map((value) => (value === null ? '-' : value.toFixed(2)));
  return `Dice of H1, H2, H3 with ${change}: ${text.join(', ')}`;
}

function describeHabitat(habitat: HabitatSize, i: number): string {
  const note = habitat.evaluable ? '' : ' (not evaluable)';
  return `Habitat ${i + 1} ${millilitres(habitat.volumeMm3)} ${percent(habitat.fraction)}  ${habitat.name}${note}`;
}

function millilitres(cubicMillimetres: number): string {
  return `${(cubicMillimetres / 1000).toFixed(1).padStart(8)} ml`;
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1).padStart(6)} %`;
}

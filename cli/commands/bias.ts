import { readFile, writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { gunzipSync } from 'fflate';
import { correctBiasField, type BiasField } from '../../src/biasField/correctBiasField';
import {
  controlPointsAt,
  N4_DEFAULTS,
  type EstimateSettings,
  type N4Settings,
} from '../../src/biasField/n4Settings';
import { assessBiasField, type BiasFieldAssessment } from '../../src/biasField/plausibility';
import { InputError } from '../../src/chain/errors';
import type { Run } from '../../src/chain/stage';
import { readImage } from '../../src/io/readImage';
import { writeNifti } from '../../src/io/writeNifti';
import type { Grid, Mask, Samples, Volume } from '../../src/volume/volume';
import { numberList, oneNumber } from '../options';
import { createProgress } from '../progress';

interface Options {
  readonly out: string;
  readonly logBias?: string;
  readonly mask?: string;
  readonly exclude?: string;
  readonly shrink: N4Settings['shrink'];
  readonly iterations: number[];
  readonly convergence: number;
  readonly controlPoints: EstimateSettings['controlPoints'];
  readonly splineDistance?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `sts-habitat bias`: N4 on one image file. */
export function biasCommand(): Command {
  return new Command('bias')
    .description('N4 bias field correction, as ITK computes it.')
    .argument('<image>', '.nii, .nii.gz or .nrrd')
    .requiredOption('--out <file>', 'the corrected image, .nii.gz or .nii')
    .option('--log-bias <file>', 'the natural logarithm of the field, .nii.gz')
    .option('--mask <file>', "where the field is estimated (default: Otsu's threshold)")
    .option('--exclude <file>', 'left out of the estimate: the tumour and its surroundings')
    .option('--shrink <x,y,z>', 'estimate on every n-th voxel', shrinkFactors, N4_DEFAULTS.shrink)
    .option('--iterations <n,n,…>', 'at most, for each level', numberList, N4_DEFAULTS.iterations)
    .option('--convergence <x>', 'ends a level', oneNumber, N4_DEFAULTS.convergence)
    .option(
      '--control-points <n>',
      'of the first level, along every axis or x,y,z',
      controlPoints,
      N4_DEFAULTS.controlPoints,
    )
    .option('--spline-distance <mm>', 'between knots of the first level, instead', oneNumber)
    .option('--json', 'print a machine-readable result')
    .option('--quiet', 'no progress')
    .action(correctFile);
}

async function correctFile(image: string, options: Options): Promise<void> {
  checkOutput(options.out);
  if (options.logBias !== undefined) checkOutput(options.logBias);
  const volume: Volume = { stage: 'native', ...(await read(image)) };
  const mask = await readMask(options.mask);
  const exclude = await readMask(options.exclude);
  const settings: EstimateSettings = {
    ...N4_DEFAULTS,
    shrink: options.shrink,
    iterations: options.iterations,
    convergence: options.convergence,
    controlPoints:
      options.splineDistance === undefined
        ? options.controlPoints
        : controlPointsAt(options.splineDistance, volume.grid),
  };
  const progress = createProgress(options.quiet ?? false);
  const run: Run = {
    signal: new AbortController().signal,
    report: (fraction) => progress.step('Estimating the bias field', fraction),
  };
  const masks = { ...(mask && { mask }), ...(exclude && { exclude }), series: image };
  const { corrected, field } = await correctBiasField(volume, settings, masks, run);
  progress.end();
  await write(options.out, corrected);
  if (options.logBias !== undefined) {
    await write(options.logBias, { grid: volume.grid, data: field.logField });
  }
  const assessment = assessBiasField(field.logField, field.body);
  process.stdout.write(
    options.json
      ? `${JSON.stringify(summary(field, assessment, options), null, 1)}\n`
      : describe(field, assessment, options),
  );
}

async function read(file: string): Promise<{ grid: Grid; data: Samples }> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new InputError(
      'FILE_UNREADABLE',
      `${file} cannot be opened; check the path and that you may read the file.`,
      { cause },
    );
  }
  const { grid, data } = readImage(bytes, file);
  return { grid, data };
}

async function write(file: string, image: { grid: Grid; data: Samples }): Promise<void> {
  const zipped = writeNifti(image);
  try {
    await writeFile(file, /\.gz$/i.test(file) ? zipped : gunzipSync(zipped));
  } catch (cause) {
    throw new InputError(
      'FILE_UNREADABLE',
      `${file} cannot be written; check that its folder exists and that you may write there.`,
      { cause },
    );
  }
}

async function readMask(file: string | undefined): Promise<Mask | undefined> {
  if (file === undefined) return undefined;
  const { grid, data } = await read(file);
  return { grid, data: Uint8Array.from(data, (value) => (value === 0 ? 0 : 1)) };
}

function checkOutput(file: string): void {
  if (/\.nii(\.gz)?$/i.test(file)) return;
  throw new InputError(
    'SETTING_UNSUPPORTED',
    `${file} cannot be written: images are written as NIfTI; choose a name that ends with .nii.gz or .nii.`,
  );
}

function shrinkFactors(text: string): N4Settings['shrink'] {
  const factors = numberList(text);
  if (factors.length === 1) return [factors[0], factors[0], factors[0]];
  if (factors.length === 3) return [factors[0], factors[1], factors[2]];
  throw new InvalidArgumentError('Give three factors, such as 4,4,1.');
}

function controlPoints(text: string): EstimateSettings['controlPoints'] {
  const points = numberList(text);
  if (points.length === 1) return points[0];
  if (points.length === 3) return [points[0], points[1], points[2]];
  throw new InvalidArgumentError('Give one number, or three such as 4,4,4.');
}

function summary(field: BiasField, assessment: BiasFieldAssessment, options: Options) {
  return {
    out: options.out,
    logBias: options.logBias ?? null,
    voxels: field.voxels,
    bodyWithoutExcluded: field.withoutExcluded,
    levels: field.levels,
    rangeLog: assessment.rangeLog,
    flags: assessment.flags,
  };
}

function describe(field: BiasField, assessment: BiasFieldAssessment, options: Options): string {
  const lines = [
    `Field from ${field.voxels} voxels, brightest ${Math.exp(assessment.rangeLog).toFixed(2)} times darkest`,
    ...field.levels.map(
      (level, i) =>
        `Level ${i + 1}: ${level.controlPoints.join(' x ')} control points, ${level.iterations} iterations, last change ${level.change.toPrecision(3)}`,
    ),
    ...assessment.warnings,
    ...(field.withoutExcluded
      ? ['What is excluded is so bright that body and air were told apart without it.']
      : []),
    `Wrote ${options.out}${options.logBias === undefined ? '' : ` and ${options.logBias}`}`,
  ];
  return `${lines.join('\n')}\n`;
}

import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { InputError } from '../../src/chain/errors';
import type { Run } from '../../src/chain/stage';
import { elastixNodeEngine } from '../../src/register/elastixNode';
import { registerToReference, type SeriesImage } from '../../src/register/registerToReference';
import { centreOfMask, gridCentre } from '../../src/register/rigidMotion';
import { describeGrid, sameGrid } from '../../src/volume/geometry';
import type { Vec3 } from '../../src/volume/volume';
import { readImageFile } from '../imageFiles';
import { createProgress } from '../progress';

interface Options {
  readonly fixedMask?: string;
  readonly out: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Mm and axis components: NIfTI stores single precision. */
const FILE_TOLERANCE = 1e-4;

/** The paper names no parameters: those of elastix's own "rigid" map (docs/chain.md). */
const SEARCH = {
  method: 'rigid',
  reference: 'fsT2',
  histogramBins: 32,
  resolutions: 4,
  iterations: 256,
  samples: 2048,
} as const;

export function registerCommand(): Command {
  return new Command('register')
    .description('Rigid transform that maps one image onto another (elastix, Mattes MI).')
    .argument('<fixed>', '.nii, .nii.gz or .nrrd')
    .argument('<moving>', '.nii, .nii.gz or .nrrd')
    .option('--fixed-mask <file>', 'region (the tumour) at whose centre the motion is reported')
    .requiredOption('--out <file.json>', 'the transform')
    .option('--json', 'print the transform as well')
    .option('--quiet', 'no progress')
    .action(registerFiles);
}

async function registerFiles(
  fixedFile: string,
  movingFile: string,
  options: Options,
): Promise<void> {
  const fixed = await readSeriesImage(fixedFile);
  const moving = await readSeriesImage(movingFile);
  const centreMm = await reportCentre(fixed, options.fixedMask);
  const progress = createProgress(options.quiet ?? false);
  const run: Run = {
    signal: new AbortController().signal,
    report: (fraction, message) => progress.step(message ?? 'Registering', fraction),
  };
  const { summary, flags } = await registerToReference(
    fixed,
    moving,
    { search: SEARCH, centreMm },
    elastixNodeEngine,
    run,
  ).finally(() => progress.end());
  const text = `${JSON.stringify(
    {
      matrix: summary.matrix,
      convention: 'fixed LPS mm -> moving LPS mm',
      metric: { before: summary.metricBefore, after: summary.metricAfter },
      rotationDeg: summary.rotationDeg,
      translationMm: summary.translationMm,
      cautions: flags.map(({ message }) => message),
    },
    null,
    1,
  )}\n`;
  await writeFile(options.out, text);
  if (options.json) process.stdout.write(text);
  for (const { message } of flags) progress.say(`Caution: ${message}`);
}

/** Files have no frame of reference: their world coordinates are taken as one. */
async function readSeriesImage(file: string): Promise<SeriesImage> {
  const { grid, data } = await readImageFile(file);
  return { name: file, frameOfReferenceUid: '', volume: { stage: 'native', grid, data } };
}

async function reportCentre(fixed: SeriesImage, maskFile: string | undefined): Promise<Vec3> {
  const { grid } = fixed.volume;
  if (maskFile === undefined) return gridCentre(grid);
  const mask = await readImageFile(maskFile);
  if (!sameGrid(mask.grid, grid, FILE_TOLERANCE)) {
    throw new InputError(
      'MASK_GRID',
      `The mask ${maskFile} (${describeGrid(mask.grid)}) is not on the grid of ${fixed.name} (${describeGrid(grid)}): draw it on that image.`,
    );
  }
  const data = Uint8Array.from(mask.data, (value) => (value === 0 ? 0 : 1));
  if (!data.includes(1)) {
    throw new InputError('MASK_EMPTY', `The mask ${maskFile} is empty: give one with a region.`);
  }
  return centreOfMask({ grid, data });
}

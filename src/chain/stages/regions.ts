import { SEQUENCE_LABELS } from '../../dicom/seriesRoles';
import type { Model, SequenceId } from '../../model/schema';
import { bodyMask, unionOfBodies } from '../../regions/bodyMask';
import type { BodyMask } from '../../regions/bodyMask';
import { deriveRegions } from '../../regions/deriveRegions';
import type { RegionSet } from '../../regions/deriveRegions';
import { invertAffine } from '../../volume/geometry';
import { resampleLabels } from '../../volume/resampleLabels';
import { voxelCount } from '../../volume/volume';
import type { Grid, Mask } from '../../volume/volume';
import type { Flag } from '../analysis';
import type { BothSequences } from '../bothSequences';
import { otherSequence } from '../bothSequences';
import type { Run } from '../stage';
import type { StageOutcome } from '../stageLog';
import { SURROUNDINGS_MM, tumourSurroundings } from '../tumourSurroundings';
import type { CorrectedImages } from './biasField';
import type { Alignment } from './register';
import type { Study } from './read';
import type { ResampledStudy } from './resample';

export interface StudyRegions extends RegionSet {
  /** The body on the grid of each series. */
  readonly body: BothSequences<Mask>;
  /** Where the ring may lie on the grid of the reference series: the body without what is excluded. */
  readonly ringGround: Mask;
}

export function findRegions(
  images: CorrectedImages,
  alignment: Alignment,
  resampled: ResampledStudy,
  settings: Model['preprocessing']['regions'],
  run: Run,
  exclusions: Study['exclusions'] = [],
): StageOutcome<StudyRegions> {
  const { reference, toSeries } = alignment;
  const moving = otherSequence(reference);
  const bodyOf = (sequence: SequenceId): BodyMask => {
    const { grid } = images[sequence];
    const tumour = tumourSurroundings(alignment, sequence, grid, SURROUNDINGS_MM, run);
    return bodyMask(images[sequence], tumour);
  };
  const ownReference = bodyOf(reference);
  run.report(0.3);
  const ownMoving = bodyOf(moving);
  run.report(0.6);
  const toMoving = toSeries[moving];
  const onReference = unionOfBodies(ownReference, ownMoving, toMoving, run);
  const onMoving = unionOfBodies(ownMoving, ownReference, invertAffine(toMoving), run);
  const bodyOnGrid = resampleLabels(onReference, resampled.grid, run);
  const keep = bodyOnGrid.data.map((body, i) => body & resampled.covered.data[i]);
  const excludedOn = (grid: Grid): Mask | undefined => unionOf(exclusions, grid, toSeries, run);
  const regions = deriveRegions(
    resampled.tumour,
    { grid: resampled.grid, data: keep },
    settings,
    excludedOn(resampled.grid),
  );
  const lost = percent(regions.clippedFraction);
  return {
    value: {
      ...regions,
      body:
        reference === 'fsT2'
          ? { fsT2: onReference, ceT1: onMoving }
          : { fsT2: onMoving, ceT1: onReference },
      ringGround: without(onReference, excludedOn(onReference.grid)),
    },
    flags: [
      ...regionFlags(regions, settings, lost),
      ...brightTumourFlags(reference, ownReference),
      ...brightTumourFlags(moving, ownMoving),
    ],
    note: `Ring of ${settings.ringWidthMm} mm, ${(regions.ringVolumeMm3 / 1000).toFixed(1)} ml, ${lost} of it ${lossOf(regions)}; ${lesions(regions)}`,
  };
}

/** The regions that the ring stays out of, on a grid in the world of the reference series. */
function unionOf(
  exclusions: NonNullable<Study['exclusions']>,
  grid: Grid,
  toSeries: Alignment['toSeries'],
  run: Run,
): Mask | undefined {
  if (exclusions.length === 0) return undefined;
  const data = new Uint8Array(voxelCount(grid));
  for (const { drawnOn, mask } of exclusions) {
    const found = resampleLabels(mask, grid, run, toSeries[drawnOn]).data;
    for (let i = 0; i < data.length; i++) data[i] |= found[i];
  }
  return { grid, data };
}

function without({ grid, data }: Mask, excluded: Mask | undefined): Mask {
  if (excluded === undefined) return { grid, data };
  return { grid, data: data.map((inside, i) => inside & (1 - excluded.data[i])) };
}

function regionFlags(
  { clippedFraction, lesionVoxels }: RegionSet,
  settings: Model['preprocessing']['regions'],
  lost: string,
): Flag[] {
  const flags: Flag[] = [];
  if (clippedFraction > settings.clippedFractionFlag) {
    flags.push({
      code: 'RING_CLIPPED',
      stage: 'regions',
      message: `${lost} of the peritumoral ring lies in air, outside the images or in excluded regions, so the ring shows less of the surroundings than in the training.`,
    });
  }
  if (lesionVoxels.length > 1) {
    flags.push({
      code: 'MULTIFOCAL',
      stage: 'regions',
      message: `The tumour region has ${lesionVoxels.length} separate pieces, which were measured as one.`,
    });
  }
  return flags;
}

function brightTumourFlags(sequence: SequenceId, { withoutTumour }: BodyMask): Flag[] {
  if (!withoutTumour) return [];
  return [
    {
      code: 'BRIGHT_TUMOUR',
      stage: 'regions',
      message: `${SEQUENCE_LABELS[sequence]}: the tumour is so much brighter than the rest that body and air were told apart without it.`,
    },
  ];
}

function lossOf({ excludedFraction }: RegionSet): string {
  const excluded =
    excludedFraction === 0 ? '' : ` and, ${percent(excludedFraction)}, to the excluded regions`;
  return `lost to air and the field of view${excluded}`;
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}

function lesions({ lesionVoxels }: RegionSet): string {
  return lesionVoxels.length === 1
    ? 'one lesion'
    : `${lesionVoxels.length} lesions measured as one`;
}

import type { Model } from '../../model/schema';
import { bodyMask, unionOfBodies } from '../../regions/bodyMask';
import { deriveRegions } from '../../regions/deriveRegions';
import type { RegionSet } from '../../regions/deriveRegions';
import { invertAffine } from '../../volume/geometry';
import { resampleLabels } from '../../volume/resample';
import type { Mask } from '../../volume/volume';
import type { Flag } from '../analysis';
import type { BothSequences } from '../bothSequences';
import { otherSequence } from '../bothSequences';
import type { Run } from '../stage';
import type { StageOutcome } from '../stageLog';
import type { CorrectedImages } from './biasField';
import type { Alignment } from './register';
import type { ResampledStudy } from './resample';

export interface StudyRegions extends RegionSet {
  /** The body on the grid of each series. */
  readonly body: BothSequences<Mask>;
}

export function findRegions(
  images: CorrectedImages,
  { reference, toSeries }: Alignment,
  resampled: ResampledStudy,
  settings: Model['preprocessing']['regions'],
  run: Run,
): StageOutcome<StudyRegions> {
  const moving = otherSequence(reference);
  const ownReference = bodyMask(images[reference]);
  run.report(0.3);
  const ownMoving = bodyMask(images[moving]);
  run.report(0.6);
  const toMoving = toSeries[moving];
  const onReference = unionOfBodies(ownReference, ownMoving, toMoving, run);
  const onMoving = unionOfBodies(ownMoving, ownReference, invertAffine(toMoving), run);
  const bodyOnGrid = resampleLabels(onReference, resampled.grid, run);
  const keep = bodyOnGrid.data.map((body, i) => body & resampled.covered.data[i]);
  const regions = deriveRegions(resampled.tumour, { grid: resampled.grid, data: keep }, settings);
  const lost = `${(100 * regions.clippedFraction).toFixed(1)} %`;
  return {
    value: {
      ...regions,
      body:
        reference === 'fsT2'
          ? { fsT2: onReference, ceT1: onMoving }
          : { fsT2: onMoving, ceT1: onReference },
    },
    flags: regionFlags(regions, settings, lost),
    note: `Ring of ${settings.ringWidthMm} mm, ${(regions.ringVolumeMm3 / 1000).toFixed(1)} ml, ${lost} of it lost to air and the field of view; ${lesions(regions)}`,
  };
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
      message: `${lost} of the peritumoral ring lies in air or outside the images, so the ring shows less of the surroundings than in the training.`,
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

function lesions({ lesionVoxels }: RegionSet): string {
  return lesionVoxels.length === 1
    ? 'one lesion'
    : `${lesionVoxels.length} lesions measured as one`;
}

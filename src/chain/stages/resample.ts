import { describeGrid } from '../../volume/geometry';
import { resample } from '../../volume/resample';
import { resampleLabels } from '../../volume/resampleLabels';
import { voxelCount } from '../../volume/volume';
import type { Grid, Mask, Samples, Volume } from '../../volume/volume';
import type { Model, SequenceId } from '../../model/schema';
import type { Flag } from '../analysis';
import { InputError } from '../errors';
import type { Run } from '../stage';
import { analysisGrid } from '../analysisGrid';
import type { BothSequences } from '../bothSequences';
import type { StageOutcome } from '../stageLog';
import type { CorrectedImages } from './biasField';
import type { Alignment } from './register';

export interface ResampledStudy {
  readonly grid: Grid;
  readonly images: BothSequences<Volume<'resampled', Float32Array>>;
  /** Tumour voxels that both series cover. */
  readonly tumour: Mask;
  /** Tumour voxels that one of the series does not cover. */
  readonly uncovered: Mask;
  /** Inside the field of view of both series. */
  readonly covered: Mask;
  /** Why features of the covered part would not be those of the tumour; null when they are. */
  readonly tooMuchOutside: string | null;
}

/** With more of the tumour outside one series than this, the rest does not stand for the tumour. */
export const MAXIMUM_UNCOVERED_FRACTION = 0.3;

/** Around tumour and ring: what features look at beyond their region (PyRadiomics pads by 5 voxels). */
const MARGIN_VOXELS = 6;

/**
 * Both series and the tumour on the analysis grid. The registration and the resampling are one
 * interpolation.
 *
 * @throws InputError MASK_OUTSIDE when nothing of the tumour is inside both series.
 */
export function resampleStudy(
  images: CorrectedImages,
  { toSeries, tumour, reference, lostFraction }: Alignment,
  { resampling, regions }: Pick<Model['preprocessing'], 'resampling' | 'regions'>,
  run: Run,
): StageOutcome<ResampledStudy> {
  const marginMm = regions.ringWidthMm + MARGIN_VOXELS * Math.max(...resampling.spacingMm);
  const grid = analysisGrid(tumour, resampling.spacingMm, marginMm);
  const covered = { grid, data: new Uint8Array(voxelCount(grid)).fill(1) };
  const onGrid = (sequence: SequenceId): Volume<'resampled', Float32Array> => {
    const how = { interpolator: resampling.image, outside: NaN };
    const { data } = resample(
      images[sequence],
      grid,
      // Without a transform the grids are parallel, which the resampling makes use of.
      sequence === reference ? how : { ...how, transform: toSeries[sequence] },
      run,
    );
    return { stage: 'resampled', grid, data: withoutOutside(data, covered.data) };
  };
  const fsT2 = onGrid('fsT2');
  run.report(0.5);
  const ceT1 = onGrid('ceT1');
  const whole = resampleLabels(tumour, grid, run);
  const inside = whole.data.map((value, i) => value & covered.data[i]);
  const uncovered = whole.data.map((value, i) => value & (1 - covered.data[i]));
  const left = count(inside);
  requireCovered(left);
  const outside = 1 - (1 - lostFraction) * (left / (left + count(uncovered)));
  return {
    value: {
      grid,
      images: { fsT2, ceT1 },
      tumour: { grid, data: inside },
      uncovered: { grid, data: uncovered },
      covered,
      tooMuchOutside: tooMuchOutside(outside),
    },
    flags: coverageFlags(outside),
    note: `${describeGrid(grid)}; ${resampling.image === 'bspline' ? 'cubic B-spline' : 'linear'} for images, nearest voxel for the tumour`,
  };
}

/** Voxels outside the series come as NaN; they become 0 and leave `covered`. */
function withoutOutside(data: Samples, covered: Uint8Array): Float32Array {
  const inside = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    if (Number.isNaN(data[i])) covered[i] = 0;
    else inside[i] = data[i];
  }
  return inside;
}

function requireCovered(voxels: number): void {
  if (voxels > 0) return;
  throw new InputError(
    'MASK_OUTSIDE',
    'No part of the tumour lies inside the images of both series: choose series that cover the tumour.',
  );
}

function coverageFlags(outside: number): Flag[] {
  if (outside === 0) return [];
  return [
    {
      code: 'FIELD_OF_VIEW_CLIPPED',
      stage: 'resample',
      message: `${percent(outside)} of the tumour lies outside the images of one of the two series and was not measured.`,
    },
  ];
}

function tooMuchOutside(outside: number): string | null {
  if (outside <= MAXIMUM_UNCOVERED_FRACTION) return null;
  return `${percent(outside)} of the tumour lies outside the images of one of the two series, more than ${100 * MAXIMUM_UNCOVERED_FRACTION} %: the rest does not stand for the whole tumour. Choose series that cover it.`;
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}

function count(mask: Uint8Array): number {
  return mask.reduce((sum, value) => sum + value, 0);
}

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
}

/** Above this part of the tumour outside one series there is nothing to measure. */
export const MAXIMUM_UNCOVERED_FRACTION = 0.3;

/** Around tumour and ring: what features look at beyond their region (PyRadiomics pads by 5 voxels). */
const MARGIN_VOXELS = 6;

/**
 * Both series and the tumour on the analysis grid. The registration and the resampling are one
 * interpolation.
 *
 * @throws InputError MASK_OUTSIDE when too little of the tumour is inside both series.
 */
export function resampleStudy(
  images: CorrectedImages,
  { toSeries, tumour, reference }: Alignment,
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
  const flags = coverageFlags(count(inside), count(uncovered));
  return {
    value: {
      grid,
      images: { fsT2, ceT1 },
      tumour: { grid, data: inside },
      uncovered: { grid, data: uncovered },
      covered,
    },
    flags,
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

function coverageFlags(inside: number, uncovered: number): Flag[] {
  if (uncovered === 0) return [];
  const fraction = uncovered / (inside + uncovered);
  const percent = `${(100 * fraction).toFixed(1)} %`;
  if (fraction > MAXIMUM_UNCOVERED_FRACTION) {
    throw new InputError(
      'MASK_OUTSIDE',
      `${percent} of the tumour lies outside the images of one of the two series, more than ${100 * MAXIMUM_UNCOVERED_FRACTION} %, so nothing is evaluable: choose series that cover the tumour.`,
    );
  }
  return [
    {
      code: 'FIELD_OF_VIEW_CLIPPED',
      stage: 'resample',
      message: `${percent} of the tumour lies outside the images of one of the two series and was not measured.`,
    },
  ];
}

function count(mask: Uint8Array): number {
  return mask.reduce((sum, value) => sum + value, 0);
}

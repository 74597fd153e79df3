import { indexToWorld, subGrid } from '../volume/geometry';
import { resample } from '../volume/resample';
import { resampleLabels } from '../volume/resampleLabels';
import type { Sampled } from '../volume/resample';
import type { Grid, Samples } from '../volume/volume';
import { voxelCount } from '../volume/volume';
import { centreOfMask } from '../register/rigidMotion';
import { forBoth, otherSequence } from './bothSequences';
import type { CheckPlane, Flag, RegistrationCheck } from './analysis';
import type { Run } from './stage';
import { SILENT_RUN } from './stage';
import type { Study } from './stages/read';
import type { Alignment } from './stages/register';

/** Of one series: more is halved, thirded, ... in plane, which a screen does not show anyway. */
const MAXIMUM_VOXELS = 12_000_000;

/** Of the values that are looked at; MR has a few very bright voxels. */
const WINDOW_PERCENTILES = [0.01, 0.998] as const;
const WINDOW_SAMPLES = 100_000;

/**
 * What a person needs to judge a registration: both series on the slices of the reference series,
 * the tumour, and the numbers. At most 3 bytes for each of `maximumVoxels`.
 */
export function registrationCheck(
  { series }: Study,
  { reference, registration, toSeries, tumour }: Alignment,
  flags: readonly Flag[],
  run: Run,
  maximumVoxels = MAXIMUM_VOXELS,
): RegistrationCheck {
  const other = otherSequence(reference);
  const fixed = series[reference].volume;
  const moving = series[other].volume;
  const grid = coarserInPlane(fixed.grid, maximumVoxels);
  const [fixedWindow, movingWindow] = [windowOf(fixed.data), windowOf(moving.data)];
  const pixels = grid.size[0] * grid.size[1];
  // On the series' own grid there is nothing to interpolate.
  const isOwn = grid === fixed.grid;
  const drawn = isOwn ? tumour : resampleLabels(tumour, grid, SILENT_RUN);
  const planeOf = (z: number): CheckPlane => {
    run.signal.throwIfAborted();
    const slice = subGrid(grid, [0, 0, z], [grid.size[0], grid.size[1], z + 1]);
    const inside = drawn.data.slice(z * pixels, (z + 1) * pixels);
    return {
      sopInstanceUid: series[reference].slices[z].sopInstanceUid,
      reference: fixedWindow(
        isOwn ? fixed.data.subarray(z * pixels, (z + 1) * pixels) : onSlice(fixed, slice),
      ),
      moving: movingWindow(onSlice(moving, slice, toSeries[other])),
      tumour: inside.includes(1) ? inside : null,
    };
  };
  return {
    reference,
    series: forBoth((sequence) => series[sequence].seriesInstanceUid),
    summary: registration.summary,
    flags,
    sameFrame: series[reference].frameOfReferenceUid === series[other].frameOfReferenceUid,
    grid,
    tumourCentreMm: centreOfMask(tumour),
    planes: Array.from({ length: grid.size[2] }, (_, z) => planeOf(z)),
  };
}

function onSlice(source: Sampled, slice: Grid, transform?: Alignment['toSeries']['fsT2']): Samples {
  const how = { interpolator: 'linear', outside: NaN } as const;
  return resample(source, slice, transform ? { ...how, transform } : how, SILENT_RUN).data;
}

/** The same slices and field of view with so many fewer rows and columns that the voxels suffice. */
function coarserInPlane(grid: Grid, maximumVoxels: number): Grid {
  const step = Math.ceil(Math.sqrt(voxelCount(grid) / maximumVoxels));
  if (step <= 1) return grid;
  const [columns, rows, slices] = grid.size;
  const shift = (step - 1) / 2;
  const m = indexToWorld(grid);
  const moved = (r: number): number => m[r + 3] + shift * (m[r] + m[r + 1]);
  return {
    ...grid,
    size: [Math.ceil(columns / step), Math.ceil(rows / step), slices],
    spacingMm: [grid.spacingMm[0] * step, grid.spacingMm[1] * step, grid.spacingMm[2]],
    originMm: [moved(0), moved(4), moved(8)],
  };
}

/** From values to 1 (dark) to 255 (bright); NaN, that is outside the image, to 0. */
function windowOf(data: Samples): (values: Samples) => Uint8Array {
  const step = Math.max(1, Math.floor(data.length / WINDOW_SAMPLES));
  const some = Float64Array.from(
    { length: Math.ceil(data.length / step) },
    (_, i) => data[i * step],
  );
  some.sort();
  const [low, high] = WINDOW_PERCENTILES.map((part) => some[Math.floor(part * (some.length - 1))]);
  const scale = high > low ? 254 / (high - low) : 0;
  return (values) => {
    const grey = new Uint8Array(values.length);
    for (let i = 0; i < grey.length; i++) {
      const value = (values[i] - low) * scale;
      // A NaN is neither: it stays 0.
      if (value >= 254) grey[i] = 255;
      else if (value > 0) grey[i] = 1 + Math.round(value);
      else if (value <= 0) grey[i] = 1;
    }
    return grey;
  };
}

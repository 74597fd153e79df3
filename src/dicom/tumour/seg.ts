import { InputError } from '../../chain/errors';
import { applyToPoint, indexToWorld, multiply, worldToIndex } from '../../volume/geometry';
import type { Grid } from '../../volume/volume';
import { number, sequence, text } from '../attributes';
import type { DicomInstance } from '../instance';
import { dot, normalOf } from '../plane';
import type { Plane } from '../plane';
import type { DicomDataset, ImageSeries } from '../series';
import type { FoundRegion } from './requireUsable';
import { imageKey, segReader } from './segFrames';
import type { SegReader } from './segFrames';

/**
 * A segment of a SEG on the grid of a series: by nearest neighbour, which on the same grid is a
 * copy. Frames are placed by Plane Position (or by the image they reference, when that is absent).
 */

/** Frames may lie this far (in slices) from the regular stack. */
const STACK_TOLERANCE = 0.1;

export function readSegment(
  seg: DicomInstance,
  segmentNumber: number,
  series: ImageSeries,
): FoundRegion {
  const { dataset } = seg;
  const segment = sequence(dataset, 'SegmentSequence').find(
    (item) => number(item, 'SegmentNumber') === segmentNumber,
  );
  if (!segment) {
    throw new InputError(
      'MASK_UNREADABLE',
      `The SEG has no segment ${segmentNumber}; it has ${describeSegments(dataset)}.`,
    );
  }
  const name = `Segment ${segmentNumber} "${text(segment, 'SegmentLabel')}" of the SEG`;
  const reader = segReader(seg);
  if (typeof reader === 'string') throw new InputError('MASK_UNREADABLE', `${name} ${reader}.`);
  requireSameFrame(dataset, series, name);
  const stack = stackOf(dataset, reader, segmentNumber, series, name);
  return toGrid(stack, series.volume.grid, name);
}

function describeSegments(dataset: DicomDataset): string {
  const names = listSegments(dataset).map((segment) => `${segment.number} "${segment.label}"`);
  return names.length > 0 ? names.join(', ') : 'none';
}

export function listSegments(dataset: DicomDataset): { label: string; number: number }[] {
  return sequence(dataset, 'SegmentSequence')
    .map((item) => ({
      label: text(item, 'SegmentLabel'),
      number: number(item, 'SegmentNumber') ?? 0,
    }))
    .filter((segment) => segment.number > 0);
}

function requireSameFrame(dataset: DicomDataset, series: ImageSeries, name: string): void {
  if (text(dataset, 'FrameOfReferenceUID') === series.frameOfReferenceUid) return;
  throw new InputError(
    'FRAME_OF_REFERENCE',
    `${name} was drawn in another frame of reference than the series "${series.description}"; choose a tumour drawn on the FS-T2WI or CE-T1WI series.`,
  );
}

/** The frames of one segment as a regular grid; slices that were left out are empty. */
interface SegmentStack {
  readonly grid: Grid;
  readonly slices: ReadonlyMap<number, Uint8Array>;
}

interface PlacedFrame {
  readonly frame: number;
  readonly plane: Plane;
}

function stackOf(
  dataset: DicomDataset,
  reader: SegReader,
  segmentNumber: number,
  series: ImageSeries,
  name: string,
): SegmentStack {
  const all = Array.from({ length: reader.frames }, (_, frame) => ({
    frame,
    plane: placeFrame(reader, frame, series, dataset, name),
  }));
  const [first] = all;
  if (!first) throw new InputError('MASK_EMPTY', `${name} is empty; choose another one.`);
  const normal = normalOf(first.plane);
  const depth = ({ plane }: PlacedFrame): number => dot(plane.positionMm, normal);
  const depths = all.map(depth);
  const start = Math.min(...depths);
  const spacingMm = stackSpacing(depths, all, reader, series, name);
  const origin = all[depths.indexOf(start)].plane;
  const slices = new Map<number, Uint8Array>();
  for (const placed of all) {
    const own = reader.segmentOf(placed.frame);
    if (own !== undefined && own !== segmentNumber) continue;
    slices.set(
      Math.round((depth(placed) - start) / spacingMm),
      reader.read(placed.frame, segmentNumber),
    );
  }
  return { grid: gridOf(origin, spacingMm, Math.max(...slices.keys(), 0) + 1), slices };
}

function placeFrame(
  reader: SegReader,
  frame: number,
  series: ImageSeries,
  dataset: DicomDataset,
  name: string,
): Plane {
  const plane = reader.plane(frame);
  if (typeof plane !== 'string') return plane;
  const sources = new Set(reader.sources(frame).map(imageKey));
  const k = series.slices.findIndex((slice) => sources.has(imageKey(slice)));
  const { grid } = series.volume;
  const [columns, rows] = grid.size;
  if (k < 0 || number(dataset, 'Rows') !== rows || number(dataset, 'Columns') !== columns) {
    throw new InputError(
      'MASK_UNREADABLE',
      `${name} has a frame that says neither where it lies nor on which image of the series it was drawn; export the SEG again.`,
    );
  }
  const d = grid.direction;
  return {
    rows,
    columns,
    positionMm: applyToPoint(indexToWorld(grid), [0, 0, k]),
    rowDirection: [d[0], d[3], d[6]],
    columnDirection: [d[1], d[4], d[7]],
    columnSpacingMm: grid.spacingMm[0],
    rowSpacingMm: grid.spacingMm[1],
    thicknessMm: grid.spacingMm[2],
  };
}

/**
 * Empty frames may be left out, so distances between frames are multiples of the slice distance.
 * Asked in turn: the SEG, the series that its frames name, the smallest distance, the thickness.
 */
function stackSpacing(
  depths: readonly number[],
  frames: readonly PlacedFrame[],
  reader: SegReader,
  series: ImageSeries,
  name: string,
): number {
  const sorted = [...new Set(depths)].sort((a, b) => a - b);
  const steps = sorted
    .slice(1)
    .map((depth, i) => depth - sorted[i])
    .filter((step) => step > 1e-3);
  const images = new Set(series.slices.map(({ sopInstanceUid }) => sopInstanceUid));
  const onSeries = frames.every(({ frame }) =>
    reader.sources(frame).some(({ sopInstanceUid }) => images.has(sopInstanceUid)),
  );
  const candidates = [
    onSeries ? series.volume.grid.spacingMm[2] : undefined,
    frames[0].plane.thicknessMm,
    steps.length > 0 ? Math.min(...steps) : undefined,
  ];
  const regular = (spacing: number): boolean =>
    sorted.every((depth) => {
      const index = (depth - sorted[0]) / spacing;
      return Math.abs(index - Math.round(index)) < STACK_TOLERANCE;
    });
  const found = candidates.find(
    (spacing) => spacing !== undefined && spacing > 0 && regular(spacing),
  );
  if (found !== undefined) return found;
  throw new InputError(
    'MASK_GRID',
    `${name} has frames at uneven distances, so it is no regular volume; export the SEG again from the images.`,
  );
}

function gridOf(plane: Plane, sliceSpacingMm: number, slices: number): Grid {
  const [x, y, z] = [plane.rowDirection, plane.columnDirection, normalOf(plane)];
  return {
    size: [plane.columns, plane.rows, slices],
    spacingMm: [plane.columnSpacingMm, plane.rowSpacingMm, sliceSpacingMm],
    originMm: plane.positionMm,
    direction: [x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]],
  };
}

function toGrid(stack: SegmentStack, grid: Grid, name: string): FoundRegion {
  const data = resampleNearest(stack, grid);
  return { data, grid, name, outsideFraction: outsideFraction(stack, grid) };
}

function resampleNearest({ grid: from, slices }: SegmentStack, grid: Grid): Uint8Array {
  const m = multiply(worldToIndex(from), indexToWorld(grid));
  const [nx, ny, nz] = grid.size;
  const [sx, sy] = from.size;
  const data = new Uint8Array(nx * ny * nz);
  let to = 0;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, to++) {
        const slice = slices.get(Math.round(m[8] * i + m[9] * j + m[10] * k + m[11]));
        if (!slice) continue;
        const x = Math.round(m[0] * i + m[1] * j + m[2] * k + m[3]);
        const y = Math.round(m[4] * i + m[5] * j + m[6] * k + m[7]);
        if (x >= 0 && y >= 0 && x < sx && y < sy) data[to] = slice[x + sx * y];
      }
    }
  }
  return data;
}

function outsideFraction({ grid: from, slices }: SegmentStack, grid: Grid): number {
  const m = multiply(worldToIndex(grid), indexToWorld(from));
  const [sx] = from.size;
  let all = 0;
  let outside = 0;
  for (const [k, slice] of slices) {
    slice.forEach((value, index) => {
      if (!value) return;
      all++;
      const point = applyToPoint(m, [index % sx, Math.floor(index / sx), k]);
      // Half a voxel and a little: centres of a finer grid reach over the outermost centres.
      if (point.some((at, axis) => at < -0.75 || at > grid.size[axis] - 0.25)) outside++;
    });
  }
  return all === 0 ? 0 : outside / all;
}

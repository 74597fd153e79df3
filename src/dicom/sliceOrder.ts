import { InputError } from '../chain/errors';
import type { ImageFrame } from './imageFrames';
import { dot, normalOf, subtract } from './plane';

/** Cosines differ by less than this between slices of one stack. */
const DIRECTION_TOLERANCE = 1e-4;
/** Relative. */
const PIXEL_SPACING_TOLERANCE = 1e-4;
/** Slices may lie this far from their place; scanners round positions. */
const PLACE_TOLERANCE_MM = 0.1;
/** Intervals may differ by this much, or by 1 % where that is more. */
const INTERVAL_TOLERANCE_MM = 0.05;
const INTERVAL_TOLERANCE = 0.01;
/** Closer than this, two slices are at the same place. */
const SAME_PLACE_MM = 1e-3;

export interface OrderedSlices {
  /** Ascending along row x column direction. */
  readonly frames: readonly ImageFrame[];
  readonly spacingMm: number;
}

/** Sorts slices along their normal and requires one regular stack. */
export function orderSlices(frames: readonly ImageFrame[], seriesName: string): OrderedSlices {
  requireAlike(frames, seriesName);
  const normal = normalOf(frames[0].plane);
  const placed = frames
    .map((frame) => ({ frame, at: dot(frame.plane.positionMm, normal) }))
    .sort((a, b) => a.at - b.at);
  const ordered = placed.map(({ frame }) => frame);
  const spacingMm =
    placed.length > 1
      ? requireRegular(placed, seriesName)
      : requireThickness(ordered[0], seriesName);
  requireStraight(ordered, spacingMm, seriesName);
  return { frames: ordered, spacingMm };
}

function requireAlike(frames: readonly ImageFrame[], seriesName: string): void {
  const [first] = frames;
  for (const frame of frames) {
    const difference = differenceOf(first, frame);
    if (difference) {
      throw new InputError(
        'IMAGE_GEOMETRY',
        `${seriesName}: ${frame.name} and ${first.name} differ in ${difference}, so they do not form one volume; choose a series with one stack of images.`,
      );
    }
  }
}

function differenceOf(a: ImageFrame, b: ImageFrame): string | null {
  if (a.plane.rows !== b.plane.rows || a.plane.columns !== b.plane.columns) return 'size';
  const directions = [
    ...subtract(a.plane.rowDirection, b.plane.rowDirection),
    ...subtract(a.plane.columnDirection, b.plane.columnDirection),
  ];
  if (directions.some((value) => Math.abs(value) > DIRECTION_TOLERANCE)) return 'orientation';
  const sameSpacing = (p: number, q: number): boolean =>
    Math.abs(p - q) <= PIXEL_SPACING_TOLERANCE * p;
  if (
    !sameSpacing(a.plane.rowSpacingMm, b.plane.rowSpacingMm) ||
    !sameSpacing(a.plane.columnSpacingMm, b.plane.columnSpacingMm)
  ) {
    return 'pixel spacing';
  }
  if (a.format.signed !== b.format.signed || a.format.bitsAllocated !== b.format.bitsAllocated) {
    return 'pixel type';
  }
  return null;
}

interface PlacedFrame {
  readonly frame: ImageFrame;
  readonly at: number;
}

/** Returns the slice spacing. */
function requireRegular(placed: readonly PlacedFrame[], seriesName: string): number {
  const intervals = placed.slice(1).map(({ at }, k) => at - placed[k].at);
  const double = intervals.findIndex((interval) => interval < SAME_PLACE_MM);
  if (double >= 0) {
    throw new InputError(
      'IMAGE_GEOMETRY',
      `${seriesName}: ${placed[double].frame.name} and ${placed[double + 1].frame.name} lie at the same position, so the series holds more than one image for a slice; choose a series with one (one echo, one time point).`,
    );
  }
  const usual = median(intervals);
  const gap = intervals.findIndex((interval) => interval > 1.5 * usual);
  if (gap >= 0) {
    const missing = Math.round(intervals[gap] / usual) - 1;
    throw new InputError(
      'SLICE_MISSING',
      `${seriesName}: ${missing === 1 ? 'a slice is' : `${missing} slices are`} missing between ${placed[gap].frame.name} and ${placed[gap + 1].frame.name} (${intervals[gap].toFixed(2)} mm apart, slices lie ${usual.toFixed(2)} mm apart); retrieve the series again.`,
    );
  }
  const tolerance = Math.max(INTERVAL_TOLERANCE_MM, INTERVAL_TOLERANCE * usual);
  if (intervals.some((interval) => Math.abs(interval - usual) > tolerance)) {
    throw new InputError(
      'IMAGE_GEOMETRY',
      `${seriesName}: the distance between slices varies from ${Math.min(...intervals).toFixed(2)} to ${Math.max(...intervals).toFixed(2)} mm; choose a series with even spacing.`,
    );
  }
  return (placed[placed.length - 1].at - placed[0].at) / (placed.length - 1);
}

function requireThickness(frame: ImageFrame, seriesName: string): number {
  const { thicknessMm } = frame.plane;
  if (thicknessMm !== undefined && thicknessMm > 0) return thicknessMm;
  throw new InputError(
    'IMAGE_GEOMETRY',
    `${seriesName}: its only image has no Slice Thickness, so volumes cannot be measured; choose another series.`,
  );
}

/** First pixels lie on one line along the normal: a tilted or shifted stack is not a regular grid. */
function requireStraight(
  frames: readonly ImageFrame[],
  spacingMm: number,
  seriesName: string,
): void {
  const origin = frames[0].plane.positionMm;
  const normal = normalOf(frames[0].plane);
  frames.forEach((frame, k) => {
    const offset = subtract(frame.plane.positionMm, origin);
    const aside = subtract(offset, [
      normal[0] * k * spacingMm,
      normal[1] * k * spacingMm,
      normal[2] * k * spacingMm,
    ]);
    if (
      aside.some(
        (value) => Math.abs(value) > Math.max(PLACE_TOLERANCE_MM, INTERVAL_TOLERANCE * spacingMm),
      )
    ) {
      throw new InputError(
        'IMAGE_GEOMETRY',
        `${seriesName}: ${frame.name} is shifted against the other slices (a tilted or curved stack); choose a series with straight slices.`,
      );
    }
  });
}

/** The lower median: with few slices, a gap must not count as the usual distance. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

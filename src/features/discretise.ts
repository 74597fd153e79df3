/**
 * Grey level discretisation as in PyRadiomics 3.1 (`imageoperations.getBinEdges`, `binImage`), with
 * the floating point arithmetic of numpy: `arange`, `linspace` and `digitize`.
 */
import { InputError } from '../chain/errors';
import { CHUNK } from '../numerics/chunk';
import type { RegionValues } from './regionImage';
import type { FeatureSettings } from './settings';

/** PyRadiomics stores levels in wider integers, but more bins than this is a mistaken bin width. */
export const MAXIMUM_LEVEL = 65_535;

export interface Discretised {
  /** Index of the level of each voxel of the region into `levels`. */
  readonly ranks: Uint16Array;
  /** The grey levels that occur, rising; the first is 1. */
  readonly levels: Float64Array;
  /** Voxels at each of `levels`. */
  readonly counts: Float64Array;
}

/** Bin edges; level k holds edges[k - 1] <= value < edges[k]. */
export function binEdges(region: RegionValues, settings: FeatureSettings): Float64Array {
  if (settings.binCount !== null) return edgesOfCount(region, settings.binCount);
  return edgesOfWidth(region.minimum, region.maximum, settings.binWidth);
}

/** numpy's remainder: the sign of the divisor. */
function floorModulo(value: number, divisor: number): number {
  const remainder = value % divisor;
  return remainder < 0 ? remainder + divisor : remainder;
}

/** numpy.arange(minimum - minimum % width, maximum + 2 * width, width) */
function edgesOfWidth(minimum: number, maximum: number, width: number): Float64Array {
  const low = minimum - floorModulo(minimum, width);
  const length = Math.ceil((maximum + 2 * width - low) / width);
  // The two bins above the maximum that numpy.arange may add hold no voxel.
  if (length > MAXIMUM_LEVEL + 3) refuseLevels(length - 2);
  // numpy.arange takes the step back from its second element, with the rounding that this has.
  const step = low + width - low;
  const edges = new Float64Array(length);
  for (let i = 0; i < length; i++) edges[i] = low + i * step;
  if (maximum >= edges[MAXIMUM_LEVEL]) refuseLevels(MAXIMUM_LEVEL + 1);
  return edges;
}

/** numpy.histogram(values, count)[1], and the last edge moved up by 1. */
function edgesOfCount({ minimum, maximum, float32 }: RegionValues, count: number): Float64Array {
  if (count > MAXIMUM_LEVEL) refuseLevels(count);
  const flat = minimum === maximum;
  const first = flat ? minimum - 0.5 : minimum;
  const last = flat ? maximum + 0.5 : maximum;
  const edges = float32 ? new Float32Array(count + 1) : new Float64Array(count + 1);
  const step = (last - first) / count;
  for (let i = 0; i < count; i++) {
    edges[i] = step === 0 ? (i / count) * (last - first) + first : i * step + first;
  }
  edges[count] = last;
  edges[count] += 1;
  return Float64Array.from(edges);
}

function refuseLevels(bins: number): never {
  throw new InputError(
    'FEATURE_NOT_EVALUABLE',
    `The image would have ${bins} grey levels in the region, more than ${MAXIMUM_LEVEL}: choose a greater binWidth or set binCount.`,
  );
}

/** @throws InputError FEATURE_NOT_EVALUABLE for more than 65 535 levels. */
export function discretise(region: RegionValues, settings: FeatureSettings): Discretised {
  const edges = binEdges(region, settings);
  const levelOf = new Uint16Array(region.values.length);
  const counts = new Uint32Array(edges.length + 1);
  for (let from = 0; from < levelOf.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, levelOf.length);
    digitize(region.values, edges, from, to, levelOf, counts);
  }

  const rankOf = new Uint16Array(counts.length);
  const levels: number[] = [];
  for (let level = 0; level < counts.length; level++) {
    if (counts[level] === 0) continue;
    rankOf[level] = levels.length;
    levels.push(level);
  }
  for (let from = 0; from < levelOf.length; from += CHUNK) {
    replaceByRanks(levelOf, from, Math.min(from + CHUNK, levelOf.length), rankOf);
  }
  return {
    ranks: levelOf,
    levels: Float64Array.from(levels),
    counts: Float64Array.from(levels, (level) => counts[level]),
  };
}

/**
 * numpy.digitize: the number of edges that are not greater than the value. The position is guessed
 * from the even spacing of the edges and then corrected against the edges themselves.
 * @param counts takes the number of values of each level
 */
function digitize(
  values: Float64Array,
  edges: Float64Array,
  from: number,
  to: number,
  levels: Uint16Array,
  counts: Uint32Array,
): void {
  const first = edges[0];
  const perUnit = edges.length > 1 ? 1 / (edges[1] - first) : 0;
  const top = edges.length;
  for (let i = from; i < to; i++) {
    const value = values[i];
    const guess = (value - first) * perUnit + 1;
    let level = guess < top ? guess | 0 : top;
    while (level > 0 && value < edges[level - 1]) level--;
    while (level < top && value >= edges[level]) level++;
    levels[i] = level;
    counts[level]++;
  }
}

function replaceByRanks(levels: Uint16Array, from: number, to: number, rankOf: Uint16Array): void {
  for (let i = from; i < to; i++) levels[i] = rankOf[levels[i]];
}

/**
 * Exact order statistics without sorting the whole sample: values are counted into evenly spaced
 * buckets, and only buckets that hold a wanted rank are looked into, again by buckets when large.
 */
import { CHUNK } from '../numerics/chunk';
import { rangeOf } from './regionImage';

const BUCKETS = 2048;
const SORT_BELOW = 2048;

/**
 * @param ranks wanted positions in the sorted sample, from 0, in any order
 * @returns the value at each rank
 */
export function valuesAtRanks(
  values: Float64Array,
  minimum: number,
  maximum: number,
  ranks: readonly number[],
): Map<number, number> {
  const found = new Map<number, number>();
  select({ values, minimum, maximum, below: 0 }, [...new Set(ranks)], found);
  return found;
}

/** Part of the sample: all values in a range, and how many values are below it. */
interface Part {
  readonly values: Float64Array;
  readonly minimum: number;
  readonly maximum: number;
  readonly below: number;
}

function select(part: Part, ranks: readonly number[], found: Map<number, number>): void {
  const { values, minimum, maximum, below } = part;
  const scale = BUCKETS / (maximum - minimum);
  // A range too wide or too narrow for a number has no buckets.
  if (values.length <= SORT_BELOW || !(scale > 0 && scale < Infinity)) {
    const sorted = values.slice().sort();
    for (const rank of ranks) found.set(rank, sorted[rank - below]);
    return;
  }
  const counts = new Int32Array(BUCKETS + 1);
  for (let from = 0; from < values.length; from += CHUNK) {
    countBuckets(values, from, Math.min(from + CHUNK, values.length), minimum, scale, counts);
  }

  const parts = wantedParts(counts, below, ranks);
  const partOf = new Int8Array(BUCKETS + 1).fill(-1);
  parts.forEach(({ bucket }, index) => (partOf[bucket] = index));
  for (let from = 0; from < values.length; from += CHUNK) {
    collect(values, from, Math.min(from + CHUNK, values.length), minimum, scale, partOf, parts);
  }
  for (const { values: members, below: before, ranks: inside } of parts) {
    const { minimum: low, maximum: high } = rangeOf(members);
    if (low === high) for (const rank of inside) found.set(rank, low);
    else select({ values: members, minimum: low, maximum: high, below: before }, inside, found);
  }
}

function countBuckets(
  values: Float64Array,
  from: number,
  to: number,
  minimum: number,
  scale: number,
  counts: Int32Array,
): void {
  for (let i = from; i < to; i++) counts[((values[i] - minimum) * scale) | 0]++;
}

function collect(
  values: Float64Array,
  from: number,
  to: number,
  minimum: number,
  scale: number,
  partOf: Int8Array,
  parts: readonly WantedPart[],
): void {
  for (let i = from; i < to; i++) {
    const index = partOf[((values[i] - minimum) * scale) | 0];
    if (index < 0) continue;
    const target = parts[index];
    target.values[target.filled++] = values[i];
  }
}

interface WantedPart {
  readonly bucket: number;
  readonly below: number;
  readonly ranks: number[];
  readonly values: Float64Array;
  filled: number;
}

/** The buckets that hold a wanted rank, with room for their values. */
function wantedParts(counts: Int32Array, below: number, ranks: readonly number[]) {
  const parts: WantedPart[] = [];
  const rising = [...ranks].sort((a, b) => a - b);
  let first = below;
  for (let bucket = 0, next = 0; next < rising.length; first += counts[bucket++]) {
    const end = first + counts[bucket];
    const inside: number[] = [];
    while (next < rising.length && rising[next] < end) inside.push(rising[next++]);
    if (inside.length === 0) continue;
    const values = new Float64Array(counts[bucket]);
    parts.push({ bucket, below: first, ranks: inside, values, filled: 0 });
  }
  return parts;
}

/**
 * Percentiles as numpy.percentile interpolates them (method "linear", with the rounding of its lerp).
 * @param percents between 0 and 100
 */
export function percentiles(
  values: Float64Array,
  minimum: number,
  maximum: number,
  percents: readonly number[],
): number[] {
  const positions = percents.map((percent) => (values.length - 1) * (percent / 100));
  const top = values.length - 1;
  const at = valuesAtRanks(
    values,
    minimum,
    maximum,
    positions.flatMap((p) => [Math.floor(p), Math.min(Math.floor(p) + 1, top)]),
  );
  return positions.map((position) => {
    const rank = Math.floor(position);
    const low = at.get(rank) ?? NaN;
    const high = at.get(Math.min(rank + 1, top)) ?? NaN;
    const t = position - rank;
    return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
  });
}

/**
 * Exact order statistics without sorting the whole sample: values are counted into evenly spaced
 * buckets, and only buckets that hold a wanted rank are looked into, again by buckets when large.
 */

const BUCKETS = 2048;
const SORT_BELOW = 4096;

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
  select(values, minimum, maximum, 0, [...new Set(ranks)], found);
  return found;
}

function select(
  values: Float64Array,
  minimum: number,
  maximum: number,
  below: number,
  ranks: readonly number[],
  found: Map<number, number>,
): void {
  const scale = BUCKETS / (maximum - minimum);
  if (values.length <= SORT_BELOW || !Number.isFinite(scale)) {
    const sorted = values.slice().sort();
    for (const rank of ranks) found.set(rank, sorted[rank - below]);
    return;
  }
  const counts = new Int32Array(BUCKETS + 1);
  for (let i = 0; i < values.length; i++) counts[((values[i] - minimum) * scale) | 0]++;

  for (let bucket = 0, first = below; bucket <= BUCKETS; first += counts[bucket++]) {
    const next = first + counts[bucket];
    const inside = ranks.filter((rank) => rank >= first && rank < next);
    if (inside.length === 0) continue;
    const members = new Float64Array(counts[bucket]);
    let [low, high, count] = [Infinity, -Infinity, 0];
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if ((((value - minimum) * scale) | 0) !== bucket) continue;
      members[count++] = value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (low === high) for (const rank of inside) found.set(rank, low);
    else select(members, low, high, first, inside, found);
  }
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

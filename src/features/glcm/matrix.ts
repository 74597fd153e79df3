/**
 * Grey level co-occurrence matrices, equal to PyRadiomics 3.1 (`calculate_glcm`).
 *
 * The usual case, the 13 directions at distance 1, is counted in one pass with the 13 neighbour
 * reads written out; a neighbour outside the region falls into row or column 0, which is discarded.
 */
import { CHUNK } from '../../numerics/chunk';
import type { LevelGrid } from '../levelGrid';
import { cellStep } from '../levelGrid';
import type { Offset } from '../neighbours';
import { isFullNeighbourhood } from '../neighbours';
import type { PairCounts } from './pairs';
import { pairsOfKeys, pairsOfTable } from './pairs';

/** Above this many levels a table for 13 directions would leave the processor's cache. */
const LEVELS_OF_ONE_PASS = 400;
/** Above this many levels pairs are sorted instead of counted in a table. */
const LEVELS_OF_TABLE = 2048;

/**
 * One matrix for each offset: the voxel's level is the row, its neighbour's the column.
 * @param symmetric count each pair in both orders
 */
export function cooccurrences(
  grid: LevelGrid,
  offsets: readonly Offset[],
  symmetric: boolean,
): PairCounts[] {
  const levels = grid.levels.length;
  if (isFullNeighbourhood(offsets) && levels <= LEVELS_OF_ONE_PASS) {
    return countAll13(grid, symmetric);
  }
  const steps = offsets.map((offset) => cellStep(grid, offset));
  if (levels > LEVELS_OF_TABLE) return steps.map((step) => sortPairs(grid, step, symmetric));
  const table = new Int32Array((levels + 1) ** 2);
  return steps.map((step) => countPairs(grid, step, table, symmetric));
}

function countAll13(grid: LevelGrid, symmetric: boolean): PairCounts[] {
  const n = grid.levels.length + 1;
  const size = n * n;
  const counts = new Int32Array(13 * size);
  const { cells, voxels, rowStride, sliceStride } = grid;
  for (let from = 0; from < voxels.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, voxels.length);
    countChunk13(cells, voxels, from, to, rowStride, sliceStride, n, counts);
  }
  return Array.from({ length: 13 }, (_, direction) =>
    pairsOfTable(counts.subarray(direction * size, (direction + 1) * size), n, symmetric),
  );
}

/** Counts the pairs of voxels `from` to `to` (exclusive) in 13 tables of n x n. */
function countChunk13(
  cells: Uint8Array | Uint16Array,
  voxels: Int32Array,
  from: number,
  to: number,
  w: number,
  s: number,
  n: number,
  counts: Int32Array,
): void {
  const size = n * n;
  for (let i = from; i < to; i++) {
    const c = voxels[i];
    const row = cells[c] * n;
    const t = c + s;
    // In the order of forwardOffsets: from (1, 1, 1) down to (1, 0, 0).
    counts[row + cells[t + w + 1]]++;
    counts[row + size + cells[t + w]]++;
    counts[row + 2 * size + cells[t + w - 1]]++;
    counts[row + 3 * size + cells[t + 1]]++;
    counts[row + 4 * size + cells[t]]++;
    counts[row + 5 * size + cells[t - 1]]++;
    counts[row + 6 * size + cells[t - w + 1]]++;
    counts[row + 7 * size + cells[t - w]]++;
    counts[row + 8 * size + cells[t - w - 1]]++;
    counts[row + 9 * size + cells[c + w + 1]]++;
    counts[row + 10 * size + cells[c + w]]++;
    counts[row + 11 * size + cells[c + w - 1]]++;
    counts[row + 12 * size + cells[c + 1]]++;
  }
}

function countPairs(
  { cells, voxels, levels }: LevelGrid,
  step: number,
  table: Int32Array,
  symmetric: boolean,
): PairCounts {
  const n = levels.length + 1;
  table.fill(0);
  for (let i = 0; i < voxels.length; i++) {
    const cell = voxels[i];
    table[cells[cell] * n + cells[cell + step]]++;
  }
  return pairsOfTable(table, n, symmetric);
}

function sortPairs(
  { cells, voxels, levels }: LevelGrid,
  step: number,
  symmetric: boolean,
): PairCounts {
  const n = levels.length;
  const keys = new Float64Array(2 * voxels.length);
  let count = 0;
  for (let i = 0; i < voxels.length; i++) {
    const rank = cells[voxels[i]] - 1;
    const other = cells[voxels[i] + step] - 1;
    if (other < 0) continue;
    keys[count++] = rank * n + other;
    if (symmetric) keys[count++] = other * n + rank;
  }
  return pairsOfKeys(keys.subarray(0, count), n);
}

/**
 * Counting of run suffixes, the kernel of the GLRLM.
 *
 * Voxels are visited from the last to the first; each one knows the length of the run that starts
 * at it, which is one more than its successor's when the successor has the same level. A run of n
 * voxels is then seen as suffixes of length 1 to n, so suffixes of length k count the runs of at
 * least k voxels: no run has to be followed, and no start or end to be found.
 */
import { CHUNK } from '../../numerics/chunk';
import type { LevelGrid } from '../levelGrid';

/**
 * Suffixes of one direction.
 * @param counts result: index rank x width + length, set to 0 by the caller
 * @param lengths scratch, as long as the grid
 */
export function countSuffixes(
  { cells, voxels }: LevelGrid,
  step: number,
  counts: Int32Array,
  width: number,
  lengths: Uint16Array,
): void {
  for (let i = voxels.length - 1; i >= 0; i--) {
    const cell = voxels[i];
    const next = cell + step;
    const level = cells[cell];
    // 1 for equal levels, without a branch the processor would have to guess.
    const equal = ((level ^ cells[next]) - 1) >>> 31;
    const length = equal * lengths[next] + 1;
    lengths[cell] = length;
    counts[(level - 1) * width + length]++;
  }
}

/** Lengths of a cell start at a multiple of this in the ring; three of 16 places stay unused. */
const SLOT_BITS = 4;

/**
 * Suffixes of the 13 directions at distance 1, in the order of forwardOffsets, in one pass.
 *
 * Only the slice ahead is looked back to, so the lengths live in a ring that stays in the
 * processor's cache. What is left in it from cells outside the region is never used, because these
 * have level 0.
 * @returns counts, index (direction x ranks + rank) x width + length
 */
export function countSuffixes13(grid: LevelGrid, width: number): Int32Array {
  const { cells, voxels, rowStride, sliceStride } = grid;
  const block = grid.levels.length * width;
  const counts = new Int32Array(13 * block);
  const ringSize = 2 ** Math.ceil(Math.log2(sliceStride + rowStride + 2));
  const ring = new Uint16Array(ringSize << SLOT_BITS);
  for (let end = voxels.length; end > 0; end -= CHUNK) {
    const start = Math.max(0, end - CHUNK);
    countChunk13(cells, voxels, start, end, rowStride, sliceStride, width, block, ring, counts);
  }
  return counts;
}

/** Voxels `end` - 1 down to `start`. */
function countChunk13(
  cells: Uint8Array | Uint16Array,
  voxels: Int32Array,
  start: number,
  end: number,
  w: number,
  s: number,
  width: number,
  block: number,
  ring: Uint16Array,
  counts: Int32Array,
): void {
  const mask = (ring.length >> SLOT_BITS) - 1;
  for (let i = end - 1; i >= start; i--) {
    const c = voxels[i];
    const g = cells[c];
    const own = (c & mask) << SLOT_BITS;
    const row = (g - 1) * width;
    let n = c + s + w + 1;
    let length = (((g ^ cells[n]) - 1) >>> 31) * ring[(n & mask) << SLOT_BITS] + 1;
    ring[own] = length;
    counts[row + length]++;
    n = c + s + w;
    length = (((g ^ cells[n]) - 1) >>> 31) * ring[((n & mask) << SLOT_BITS) + 1] + 1;
    ring[own + 1] = length;
    counts[row + block + length]++;
    n = c + s + w - 1;
    length = (((g ^ cells[n]) - 1) >>> 31) * ring[((n & mask) << SLOT_BITS) + 2] + 1;
    ring[own + 2] = length;
    counts[row + 2 * block + length]++;
    n = c + s + 1;
    length = (((g ^ cells[n]) - 1) >>> 31) * ring[((n & mask) << SLOT_BITS) + 3] + 1;
    ring[own + 3] = length;
    counts[row + 3 * block + length]++;
    n = c + s;
    length = (((g ^ cells[n]) - 1) >>> 31) * ring[((n & mask) << SLOT_BITS) + 4] + 1;
    ring[own + 4] = length;
    counts[row + 4 * block + length]++;
    n = c + s - 1;
    length = (((g ^ cells[n]) - 1) >>> 31) * ring[((n & mask) << SLOT_BITS) + 5] + 1;
    ring[own + 5] = length;
    counts[row + 5 * block + length]++;
    n = c + s - w + 1;
    length = (((g ^ cells[n]) - 1) >>> 31) * ring[((n & mask) << SLOT_BITS) + 6] + 1;
    ring[own + 6] = length;
    counts[row + 6 * block + length]++;
    n = c + s - w;
    length = (((g ^ cells[n]) - 1) >>> 31) * ring[((n & mask) << SLOT_BITS) + 7] + 1;
    ring[own + 7] = length;
    counts[row + 7 * block + length]++;
    n = c + s - w - 1;
    length = (((g ^ cells[n]) - 1) >>> 31) * ring[((n & mask) << SLOT_BITS) + 8] + 1;
    ring[own + 8] = length;
    counts[row + 8 * block + length]++;
    n = c + w + 1;
    length = (((g ^ cells[n]) - 1) >>> 31) * ring[((n & mask) << SLOT_BITS) + 9] + 1;
    ring[own + 9] = length;
    counts[row + 9 * block + length]++;
    n = c + w;
    length = (((g ^ cells[n]) - 1) >>> 31) * ring[((n & mask) << SLOT_BITS) + 10] + 1;
    ring[own + 10] = length;
    counts[row + 10 * block + length]++;
    n = c + w - 1;
    length = (((g ^ cells[n]) - 1) >>> 31) * ring[((n & mask) << SLOT_BITS) + 11] + 1;
    ring[own + 11] = length;
    counts[row + 11 * block + length]++;
    n = c + 1;
    length = (((g ^ cells[n]) - 1) >>> 31) * ring[((n & mask) << SLOT_BITS) + 12] + 1;
    ring[own + 12] = length;
    counts[row + 12 * block + length]++;
  }
}

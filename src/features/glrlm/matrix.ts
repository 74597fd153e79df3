/**
 * Grey level run length matrix of one direction, equal to PyRadiomics 3.1 (`calculate_glrlm`).
 *
 * Instead of following each line of the image, voxels are visited from the last to the first; each
 * one knows the length of the run that starts at it, which is one more than its successor's when
 * the successor has the same level. A run of length n is then seen as suffixes of length 1 to n, so
 * the suffixes of length k count the runs of at least k voxels, and differences give the matrix.
 */
import type { LevelGrid } from '../levelGrid';
import { cellStep } from '../levelGrid';
import type { LevelSizeCounts } from '../levelSizeCounts';
import { LevelSizeBuilder } from '../levelSizeCounts';
import type { Offset } from '../neighbours';

/** Memory reused for each direction of one region. */
export interface RunScratch {
  readonly suffixes: Uint16Array;
  readonly counts: Int32Array;
  readonly longest: number;
}

export function runScratch(grid: LevelGrid, extent: readonly number[]): RunScratch {
  const longest = Math.max(...extent);
  return {
    suffixes: new Uint16Array(grid.cells.length),
    counts: new Int32Array(grid.levels.length * (longest + 1)),
    longest,
  };
}

/**
 * Runs along one direction. Empty when no line of that direction meets two voxels of the region:
 * PyRadiomics then treats the direction as missing, as for a region of one slice.
 */
export function runLengthMatrix(
  grid: LevelGrid,
  offset: Offset,
  scratch: RunScratch,
): LevelSizeCounts {
  const step = cellStep(grid, offset);
  const { counts, longest } = scratch;
  countSuffixes(grid, step, scratch);

  const width = longest + 1;
  const builder = new LevelSizeBuilder();
  let runs = 0;
  for (let rank = 0; rank < grid.levels.length; rank++) {
    const row = rank * width;
    runs += counts[row + 1];
    for (let length = 1; length <= longest; length++) {
      const atLeast = counts[row + length];
      if (atLeast === 0) break;
      const exactly = atLeast - (length < longest ? counts[row + length + 1] : 0);
      if (exactly > 0) builder.add(rank, length, exactly);
    }
  }
  const onlySingles = runs === grid.voxels.length;
  if (onlySingles && !someLineMeetsTwo(grid, offset)) {
    return new LevelSizeBuilder().build(grid.levels);
  }
  return builder.build(grid.levels);
}

function countSuffixes(grid: LevelGrid, step: number, scratch: RunScratch): void {
  const { cells, voxels } = grid;
  const { suffixes, counts, longest } = scratch;
  const width = longest + 1;
  counts.fill(0);
  for (let i = voxels.length - 1; i >= 0; i--) {
    const cell = voxels[i];
    const next = cell + step;
    const level = cells[cell];
    // 1 when both levels are equal, without a branch the processor would have to guess.
    const equal = ((level ^ cells[next]) - 1) >>> 31;
    const suffix = equal * suffixes[next] + 1;
    suffixes[cell] = suffix;
    counts[(level - 1) * width + suffix]++;
  }
}

/** Whether two voxels of the region, touching or not, lie on one line of the direction. */
function someLineMeetsTwo(grid: LevelGrid, [dx, dy, dz]: Offset): boolean {
  const { cells, rowStride, sliceStride, voxels } = grid;
  // Greater than any coordinate, so that the three of a line fit into one exact number.
  const reach = Math.max(rowStride, sliceStride / rowStride, cells.length / sliceStride);
  const seen = new Set<number>();
  for (const cell of voxels) {
    const z = Math.floor(cell / sliceStride);
    const y = Math.floor((cell - z * sliceStride) / rowStride);
    const x = cell - z * sliceStride - y * rowStride;
    // Follow the line back to plane, row or column 0: that place names the line.
    const along = dz !== 0 ? z * dz : dy !== 0 ? y * dy : x * dx;
    const place = [z - along * dz, y - along * dy, x - along * dx];
    const line = place.reduce((key, at) => key * 4 * reach + (at + reach), 0);
    if (seen.has(line)) return true;
    seen.add(line);
  }
  return false;
}

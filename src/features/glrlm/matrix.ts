/** Grey level run length matrices, equal to PyRadiomics 3.1 (`calculate_glrlm`). */
import type { Vec3 } from '../../volume/volume';
import type { LevelGrid } from '../levelGrid';
import { cellStep } from '../levelGrid';
import type { LevelSizeCounts } from '../levelSizeCounts';
import { addCell, emptyCounts } from '../levelSizeCounts';
import type { Offset } from '../neighbours';
import { isFullNeighbourhood } from '../neighbours';
import { countSuffixes, countSuffixes13 } from './suffixes';

/** Above this many counters the 13 directions are counted one by one, to bound the memory. */
const COUNTERS_OF_ONE_PASS = 4_000_000;

/**
 * The runs along each direction. A matrix is empty when no line of its direction meets two voxels of
 * the region: PyRadiomics then treats the direction as missing, as for a region of one slice.
 * @param extent bounding box of the region in voxels
 * @yields one matrix for each offset
 */
export function* runLengthMatrices(
  grid: LevelGrid,
  offsets: readonly Offset[],
  extent: Vec3,
): Generator<LevelSizeCounts, void, undefined> {
  const width = Math.max(...extent) + 1;
  const block = grid.levels.length * width;
  if (isFullNeighbourhood(offsets) && 13 * block <= COUNTERS_OF_ONE_PASS) {
    const counts = countSuffixes13(grid, width);
    for (const [direction, offset] of offsets.entries()) {
      const own = counts.subarray(direction * block, (direction + 1) * block);
      yield runsOf(own, width, grid, offset);
    }
    return;
  }
  const counts = new Int32Array(block);
  const lengths = new Uint16Array(grid.cells.length);
  for (const offset of offsets) {
    counts.fill(0);
    countSuffixes(grid, cellStep(grid, offset), counts, width, lengths);
    yield runsOf(counts, width, grid, offset);
  }
}

/** @param suffixes suffixes of each length, which are the runs of at least that length */
function runsOf(
  suffixes: Int32Array,
  width: number,
  grid: LevelGrid,
  offset: Offset,
): LevelSizeCounts {
  const matrix = emptyCounts(grid.levels);
  let runs = 0;
  for (let rank = 0; rank < grid.levels.length; rank++) {
    const row = rank * width;
    runs += suffixes[row + 1];
    for (let length = 1; length < width && suffixes[row + length] > 0; length++) {
      const longer = length + 1 < width ? suffixes[row + length + 1] : 0;
      const exactly = suffixes[row + length] - longer;
      if (exactly > 0) addCell(matrix, rank, length, exactly);
    }
  }
  const onlySingles = runs === grid.voxels.length;
  const missing = onlySingles && !someLineMeetsTwo(grid, offset);
  return missing ? emptyCounts(grid.levels) : matrix;
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

/**
 * Neighbouring grey tone difference matrix, equal to PyRadiomics 3.1 (`calculate_ngtdm`).
 *
 * The mean level of the 26 neighbours needs the sum of levels and the number of voxels in a 3 x 3 x 3
 * box. Both travel in one integer (level x 32 + 1), and the box is summed one axis after the other.
 */
import type { LevelGrid } from '../levelGrid';
import { cellStep } from '../levelGrid';
import type { Offset } from '../neighbours';
import { isFullNeighbourhood } from '../neighbours';

export interface ToneDifferences {
  /** Voxels of each rank. */
  readonly counts: Float64Array;
  /** Sum over the voxels of a rank of |level - mean level of its neighbours|. */
  readonly differences: Float64Array;
  readonly levels: Float64Array;
}

/** @param offsets forward neighbours; the opposite ones are added here */
export function toneDifferenceMatrix(grid: LevelGrid, offsets: readonly Offset[]): ToneDifferences {
  const { levels } = grid;
  const result = {
    counts: new Float64Array(levels.length),
    differences: new Float64Array(levels.length),
    levels,
  };
  if (isFullNeighbourhood(offsets)) sumBoxes(grid, result);
  else {
    const steps = Int32Array.from(offsets, (offset) => cellStep(grid, offset));
    sumNeighbours(grid, steps, result);
  }
  return result;
}

/** Levels reach 65 535 and a box holds 27 voxels: the packed sum stays below 2^26 < 2^31. */
const VOXEL_BITS = 5;
const VOXEL_MASK = (1 << VOXEL_BITS) - 1;

function sumBoxes(grid: LevelGrid, { counts, differences }: ToneDifferences): void {
  const { cells, voxels, levels, rowStride: w, sliceStride: s } = grid;
  const packedOfCell = new Int32Array(levels.length + 1);
  levels.forEach((level, rank) => (packedOfCell[rank + 1] = (level << VOXEL_BITS) | 1));

  // Sums over x and y of three slices at a time, which stay in the processor's cache.
  let below = new Int32Array(s);
  let here = new Int32Array(s);
  let above = new Int32Array(s);
  const alongX = new Int32Array(s);
  let start = Math.floor(voxels[0] / s) * s;
  sumInSlice(cells, w, s, packedOfCell, start - s, alongX, here);
  sumInSlice(cells, w, s, packedOfCell, start, alongX, above);
  for (let i = 0; i < voxels.length; start += s) {
    [below, here, above] = [here, above, below];
    sumInSlice(cells, w, s, packedOfCell, start + s, alongX, above);
    const end = start + s;
    // prettier-ignore
    i = compareSlice(cells, voxels, packedOfCell, start, end, i, below, here, above, counts, differences);
  }
}

/**
 * Differences of the voxels of one slice: cells `start` to `end` (exclusive), from voxel `first` on.
 * @param below with `here` and `above`: sums over 3 x 3 cells of the slice and of its neighbours
 * @returns the first voxel of the slices above
 */
function compareSlice(
  cells: Uint8Array | Uint16Array,
  voxels: Int32Array,
  packedOfCell: Int32Array,
  start: number,
  end: number,
  first: number,
  below: Int32Array,
  here: Int32Array,
  above: Int32Array,
  counts: Float64Array,
  differences: Float64Array,
): number {
  let i = first;
  for (; i < voxels.length && voxels[i] < end; i++) {
    const cell = voxels[i];
    const at = cell - start;
    const value = cells[cell];
    const own = packedOfCell[value];
    const packed = below[at] + here[at] + above[at] - own;
    const neighbours = packed & VOXEL_MASK;
    counts[value - 1]++;
    if (neighbours > 0) {
      const mean = (packed >>> VOXEL_BITS) / neighbours;
      differences[value - 1] += Math.abs((own >>> VOXEL_BITS) - mean);
    }
  }
  return i;
}

/** Sums over 3 x 3 cells of the slice that begins at `start`; its border stays 0. */
function sumInSlice(
  cells: Uint8Array | Uint16Array,
  w: number,
  s: number,
  packedOfCell: Int32Array,
  start: number,
  alongX: Int32Array,
  result: Int32Array,
): void {
  let before = 0;
  let here = packedOfCell[cells[start]];
  for (let i = 0; i < s - 1; i++) {
    const after = packedOfCell[cells[start + i + 1]];
    alongX[i] = before + here + after;
    before = here;
    here = after;
  }
  for (let i = w; i < s - w; i++) result[i] = alongX[i - w] + alongX[i] + alongX[i + w];
}

function sumNeighbours(
  { cells, voxels, levels }: LevelGrid,
  steps: Int32Array,
  { counts, differences }: ToneDifferences,
): void {
  for (let i = 0; i < voxels.length; i++) {
    const cell = voxels[i];
    const value = cells[cell];
    let sum = 0;
    let neighbours = 0;
    for (let s = 0; s < 2 * steps.length; s++) {
      const step = s < steps.length ? steps[s] : -steps[s - steps.length];
      const other = cells[cell + step];
      if (other === 0) continue;
      sum += levels[other - 1];
      neighbours++;
    }
    counts[value - 1]++;
    if (neighbours > 0) differences[value - 1] += Math.abs(levels[value - 1] - sum / neighbours);
  }
}

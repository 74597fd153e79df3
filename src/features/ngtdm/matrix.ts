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

  const length = cells.length;
  const alongX = new Int32Array(length);
  let before = 0;
  let here = packedOfCell[cells[0]];
  for (let i = 0; i < length - 1; i++) {
    const after = packedOfCell[cells[i + 1]];
    alongX[i] = before + here + after;
    before = here;
    here = after;
  }
  const alongXY = new Int32Array(length);
  for (let i = w; i < length - w; i++) alongXY[i] = alongX[i - w] + alongX[i] + alongX[i + w];

  for (let i = 0; i < voxels.length; i++) {
    const cell = voxels[i];
    const value = cells[cell];
    const own = packedOfCell[value];
    const packed = alongXY[cell - s] + alongXY[cell] + alongXY[cell + s] - own;
    const neighbours = packed & VOXEL_MASK;
    counts[value - 1]++;
    if (neighbours > 0) {
      const mean = (packed >>> VOXEL_BITS) / neighbours;
      differences[value - 1] += Math.abs((own >>> VOXEL_BITS) - mean);
    }
  }
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

/**
 * Grey level dependence matrix, equal to PyRadiomics 3.1 (`calculate_gldm`): for each voxel, 1 plus
 * the neighbours inside the region whose level differs by at most alpha.
 */
import { CHUNK } from '../../numerics/chunk';
import type { LevelGrid } from '../levelGrid';
import { cellStep } from '../levelGrid';
import type { LevelSizeCounts } from '../levelSizeCounts';
import { addCell, emptyCounts } from '../levelSizeCounts';
import type { Offset } from '../neighbours';
import { isFullNeighbourhood } from '../neighbours';

/** @param offsets forward neighbours; the opposite ones are added here */
export function dependenceMatrix(
  grid: LevelGrid,
  offsets: readonly Offset[],
  alpha: number,
): LevelSizeCounts {
  const width = 2 * offsets.length + 2;
  const counts = new Int32Array(grid.levels.length * width);
  const steps = Int32Array.from(offsets, (offset) => cellStep(grid, offset));
  if (alpha === 0 && isFullNeighbourhood(offsets)) {
    const { cells, voxels, rowStride, sliceStride } = grid;
    for (let from = 0; from < voxels.length; from += CHUNK) {
      const to = Math.min(from + CHUNK, voxels.length);
      countEqual26(cells, voxels, from, to, rowStride, sliceStride, counts);
    }
  } else if (alpha === 0) countEqual(grid, steps, counts, width);
  else countWithin(grid, steps, counts, width, alpha);

  const matrix = emptyCounts(grid.levels);
  for (let rank = 0; rank < grid.levels.length; rank++) {
    for (let size = 1; size < width; size++) {
      const count = counts[rank * width + size];
      if (count > 0) addCell(matrix, rank, size, count);
    }
  }
  return matrix;
}

/** ((a ^ b) - 1) >>> 31 is 1 for equal levels: no branch for the processor to guess. */
function countEqual26(
  cells: Uint8Array | Uint16Array,
  voxels: Int32Array,
  from: number,
  to: number,
  w: number,
  s: number,
  counts: Int32Array,
): void {
  const width = 28;
  for (let i = from; i < to; i++) {
    const c = voxels[i];
    const g = cells[c];
    const b = c - s;
    const t = c + s;
    const same =
      (((cells[b - w - 1] ^ g) - 1) >>> 31) +
      (((cells[b - w] ^ g) - 1) >>> 31) +
      (((cells[b - w + 1] ^ g) - 1) >>> 31) +
      (((cells[b - 1] ^ g) - 1) >>> 31) +
      (((cells[b] ^ g) - 1) >>> 31) +
      (((cells[b + 1] ^ g) - 1) >>> 31) +
      (((cells[b + w - 1] ^ g) - 1) >>> 31) +
      (((cells[b + w] ^ g) - 1) >>> 31) +
      (((cells[b + w + 1] ^ g) - 1) >>> 31) +
      (((cells[c - w - 1] ^ g) - 1) >>> 31) +
      (((cells[c - w] ^ g) - 1) >>> 31) +
      (((cells[c - w + 1] ^ g) - 1) >>> 31) +
      (((cells[c - 1] ^ g) - 1) >>> 31) +
      (((cells[c + 1] ^ g) - 1) >>> 31) +
      (((cells[c + w - 1] ^ g) - 1) >>> 31) +
      (((cells[c + w] ^ g) - 1) >>> 31) +
      (((cells[c + w + 1] ^ g) - 1) >>> 31) +
      (((cells[t - w - 1] ^ g) - 1) >>> 31) +
      (((cells[t - w] ^ g) - 1) >>> 31) +
      (((cells[t - w + 1] ^ g) - 1) >>> 31) +
      (((cells[t - 1] ^ g) - 1) >>> 31) +
      (((cells[t] ^ g) - 1) >>> 31) +
      (((cells[t + 1] ^ g) - 1) >>> 31) +
      (((cells[t + w - 1] ^ g) - 1) >>> 31) +
      (((cells[t + w] ^ g) - 1) >>> 31) +
      (((cells[t + w + 1] ^ g) - 1) >>> 31);
    counts[(g - 1) * width + same + 1]++;
  }
}

function countEqual(
  { cells, voxels }: LevelGrid,
  steps: Int32Array,
  counts: Int32Array,
  width: number,
): void {
  for (let i = 0; i < voxels.length; i++) {
    const cell = voxels[i];
    const level = cells[cell];
    let size = 1;
    for (let s = 0; s < steps.length; s++) {
      size +=
        (((cells[cell - steps[s]] ^ level) - 1) >>> 31) +
        (((cells[cell + steps[s]] ^ level) - 1) >>> 31);
    }
    counts[(level - 1) * width + size]++;
  }
}

function countWithin(
  { cells, voxels, levels }: LevelGrid,
  steps: Int32Array,
  counts: Int32Array,
  width: number,
  alpha: number,
): void {
  const levelOfCell = Float64Array.of(-Infinity, ...levels);
  for (let i = 0; i < voxels.length; i++) {
    const cell = voxels[i];
    const level = levelOfCell[cells[cell]];
    let size = 1;
    for (let s = 0; s < steps.length; s++) {
      if (Math.abs(levelOfCell[cells[cell - steps[s]]] - level) <= alpha) size++;
      if (Math.abs(levelOfCell[cells[cell + steps[s]]] - level) <= alpha) size++;
    }
    counts[(cells[cell] - 1) * width + size]++;
  }
}

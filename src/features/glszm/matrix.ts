/**
 * Grey level size zone matrix, equal to PyRadiomics 3.1 (`calculate_glszm`): the connected zones of
 * one level, 26-connected (8-connected in planes with force2D).
 *
 * PyRadiomics floods each zone. Here voxels are visited once in raster order and joined with their
 * predecessors in a disjoint-set forest. A predecessor that touches others of the 13 makes these
 * redundant when it has the same level, because they have been joined with it already.
 */
import { CHUNK } from '../../numerics/chunk';
import type { LevelGrid } from '../levelGrid';
import { cellStep } from '../levelGrid';
import type { LevelSizeCounts } from '../levelSizeCounts';
import { addCell, emptyCounts } from '../levelSizeCounts';
import type { Offset } from '../neighbours';
import { isFullNeighbourhood } from '../neighbours';

/** @param offsets forward neighbours at distance 1 */
export function sizeZoneMatrix(grid: LevelGrid, offsets: readonly Offset[]): LevelSizeCounts {
  const parents = new Int32Array(grid.cells.length);
  const steps = Int32Array.from(offsets, (offset) => cellStep(grid, offset));
  const { cells, voxels, rowStride, sliceStride } = grid;
  const full = isFullNeighbourhood(offsets);
  for (let from = 0; from < voxels.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, voxels.length);
    if (full) joinAll26(cells, voxels, from, to, rowStride, sliceStride, parents);
    else joinAlong(cells, voxels, from, to, steps, parents);
  }
  return countZones(grid, parents);
}

/** The root of a cell's tree; paths are halved on the way. */
function rootOf(parents: Int32Array, cell: number): number {
  let at = cell;
  let parent = parents[at];
  while (parent !== at) {
    const grandparent = parents[parent];
    parents[at] = grandparent;
    at = grandparent;
    parent = parents[at];
  }
  return at;
}

/** Joins the tree of `cell` with that of `other`; the earlier root stays. Returns the root. */
function join(parents: Int32Array, root: number, other: number): number {
  const otherRoot = rootOf(parents, other);
  if (otherRoot < root) {
    parents[root] = otherRoot;
    return otherRoot;
  }
  parents[otherRoot] = root;
  return root;
}

function joinAlong(
  cells: Uint8Array | Uint16Array,
  voxels: Int32Array,
  from: number,
  to: number,
  steps: Int32Array,
  parents: Int32Array,
): void {
  for (let i = from; i < to; i++) {
    const cell = voxels[i];
    const level = cells[cell];
    let root = cell;
    parents[cell] = cell;
    for (let s = 0; s < steps.length; s++) {
      const other = cell - steps[s];
      if (cells[other] === level) root = join(parents, root, other);
    }
  }
}

function joinAll26(
  cells: Uint8Array | Uint16Array,
  voxels: Int32Array,
  from: number,
  to: number,
  w: number,
  s: number,
  parents: Int32Array,
): void {
  for (let i = from; i < to; i++) {
    const cell = voxels[i];
    const level = cells[cell];
    const below = cell - s;
    // The voxel of the slice before touches all other predecessors.
    if (cells[below] === level) {
      parents[cell] = parents[below];
      continue;
    }
    const up = cell - w;
    // The voxel of the row before touches all but the far row of the slice before.
    if (cells[up] === level) {
      parents[cell] = parents[up];
      const far = below + w;
      if (cells[far] === level) join(parents, rootOf(parents, up), far);
      else {
        if (cells[far - 1] === level) join(parents, rootOf(parents, up), far - 1);
        if (cells[far + 1] === level) join(parents, rootOf(parents, up), far + 1);
      }
      continue;
    }
    let root = cell;
    parents[cell] = cell;
    const left = cell - 1;
    if (cells[left] === level) {
      // The voxel before touches all but the column after.
      root = rootOf(parents, left);
      parents[cell] = root;
    } else {
      if (cells[up - 1] === level) root = join(parents, root, up - 1);
      if (cells[below - 1] === level) root = join(parents, root, below - 1);
      else {
        if (cells[below - w - 1] === level) root = join(parents, root, below - w - 1);
        if (cells[below + w - 1] === level) root = join(parents, root, below + w - 1);
      }
      if (cells[below - w] === level) root = join(parents, root, below - w);
      if (cells[below + w] === level) root = join(parents, root, below + w);
    }
    if (cells[up + 1] === level) root = join(parents, root, up + 1);
    if (cells[below + 1] === level) join(parents, root, below + 1);
    else {
      if (cells[below - w + 1] === level) root = join(parents, root, below - w + 1);
      if (cells[below + w + 1] === level) join(parents, root, below + w + 1);
    }
  }
}

/** Zones up to this many voxels are counted in a table, larger ones in a map. */
const TABLE_SIZES = 64;

function countZones({ cells, voxels, levels }: LevelGrid, parents: Int32Array): LevelSizeCounts {
  for (let from = 0; from < voxels.length; from += CHUNK) {
    measureZones(voxels, from, Math.min(from + CHUNK, voxels.length), parents);
  }
  const table = new Int32Array(levels.length * TABLE_SIZES);
  const large = new Map<number, number>();
  for (let from = 0; from < voxels.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, voxels.length);
    tallyZones(cells, voxels, from, to, levels.length, parents, table, large);
  }
  const matrix = emptyCounts(levels);
  for (let rank = 0; rank < levels.length; rank++) {
    for (let volume = 1; volume < TABLE_SIZES; volume++) {
      const count = table[rank * TABLE_SIZES + volume];
      if (count > 0) addCell(matrix, rank, volume, count);
    }
  }
  for (const [key, count] of large) {
    addCell(matrix, key % levels.length, Math.floor(key / levels.length), count);
  }
  return matrix;
}

/** A root comes to hold the negative volume of its zone instead of itself. */
function measureZones(voxels: Int32Array, from: number, to: number, parents: Int32Array): void {
  for (let i = from; i < to; i++) {
    const cell = voxels[i];
    const parent = parents[cell];
    if (parent === cell) parents[cell] = -1;
    else {
      // Parents come first in raster order, so a parent's own parent is its root already.
      const root = parents[parent] < 0 ? parent : parents[parent];
      parents[cell] = root;
      parents[root]--;
    }
  }
}

function tallyZones(
  cells: Uint8Array | Uint16Array,
  voxels: Int32Array,
  from: number,
  to: number,
  levels: number,
  parents: Int32Array,
  table: Int32Array,
  large: Map<number, number>,
): void {
  for (let i = from; i < to; i++) {
    const volume = -parents[voxels[i]];
    if (volume < 0) continue;
    const rank = cells[voxels[i]] - 1;
    if (volume < TABLE_SIZES) table[rank * TABLE_SIZES + volume]++;
    else {
      const key = volume * levels + rank;
      large.set(key, (large.get(key) ?? 0) + 1);
    }
  }
}

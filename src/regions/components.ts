import type { Vec3 } from '../volume/volume';

export interface Components {
  /** Voxels of each component, in order of its first voxel. */
  readonly sizes: readonly number[];
  /** 1 in the voxels of the components (numbers from 0) that are wanted. */
  mask(isWanted: (component: number) => boolean): Uint8Array;
}

/** Voxels in a row without a gap, `end` exclusive, by row of the grid: they need far less than voxels. */
interface Runs {
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Where the runs of row y + ny * z begin; one more entry closes the last row. */
  readonly rowStart: Int32Array;
}

/**
 * Connected components of the non-zero voxels; `faces`: 6 neighbours, `corners`: 26.
 * Runs of voxels that touch in neighbouring rows are joined, as He, Chao and Suzuki do it (IEEE TIP
 * 2008;17:749).
 */
export function connectedComponents(
  inside: Uint8Array,
  size: Vec3,
  neighbourhood: 'faces' | 'corners',
): Components {
  const runs = findRuns(inside, size);
  const firstRun = joinRuns(runs, size, neighbourhood === 'corners' ? 1 : 0);
  const component = new Int32Array(firstRun.length);
  const sizes: number[] = [];
  for (let run = 0; run < firstRun.length; run++) {
    // The first run of a component comes before all its others.
    component[run] = firstRun[run] === run ? sizes.push(0) - 1 : component[firstRun[run]];
    sizes[component[run]] += runs.end[run] - runs.start[run];
  }
  const mask: Components['mask'] = (isWanted) => {
    const data = new Uint8Array(inside.length);
    const wanted = sizes.map((_, i) => isWanted(i));
    forEachRow(runs, (row, from, to) => {
      for (let run = from; run < to; run++) {
        if (!wanted[component[run]]) continue;
        data.fill(1, row * size[0] + runs.start[run], row * size[0] + runs.end[run]);
      }
    });
    return data;
  };
  return { sizes, mask };
}

function findRuns(inside: Uint8Array, [nx, ny, nz]: Vec3): Runs {
  let count = 0;
  for (let row = 0; row < ny * nz; row++) {
    const first = row * nx;
    for (let x = 0; x < nx; x++) {
      if (inside[first + x] !== 0 && (x === 0 || inside[first + x - 1] === 0)) count++;
    }
  }
  const start = new Int32Array(count);
  const end = new Int32Array(count);
  const rowStart = new Int32Array(ny * nz + 1);
  let run = 0;
  for (let row = 0; row < ny * nz; row++) {
    const first = row * nx;
    rowStart[row] = run;
    for (let x = 0; x < nx; x++) {
      if (inside[first + x] === 0) continue;
      start[run] = x;
      while (x < nx && inside[first + x] !== 0) x++;
      end[run++] = x;
    }
  }
  rowStart[ny * nz] = run;
  return { start, end, rowStart };
}

/** For each run the first run of its component. `reach`: how far apart two runs touch, 0 or 1. */
function joinRuns(runs: Runs, [, ny]: Vec3, reach: 0 | 1): Int32Array {
  const parent = Int32Array.from(runs.start, (_, run) => run);
  const join = (a: number, b: number): void => {
    const [rootA, rootB] = [rootOf(parent, a), rootOf(parent, b)];
    parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  };
  const { start, end, rowStart } = runs;
  forEachRow(runs, (row, from, to) => {
    for (const before of rowsBefore(row, ny, reach)) {
      let [a, b] = [from, rowStart[before]];
      while (a < to && b < rowStart[before + 1]) {
        if (start[b] < end[a] + reach && start[a] < end[b] + reach) join(a, b);
        if (end[a] <= end[b]) a++;
        else b++;
      }
    }
  });
  for (let run = 0; run < parent.length; run++) parent[run] = rootOf(parent, run);
  return parent;
}

/** Neighbouring rows that come earlier in storage. */
function rowsBefore(row: number, ny: number, reach: 0 | 1): number[] {
  const y = row % ny;
  const rows = y > 0 ? [row - 1] : [];
  if (row < ny) return rows;
  for (let dy = -reach; dy <= reach; dy++) {
    if (y + dy >= 0 && y + dy < ny) rows.push(row - ny + dy);
  }
  return rows;
}

function rootOf(parent: Int32Array, run: number): number {
  let root = run;
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]];
    root = parent[root];
  }
  return root;
}

/** Rows that hold runs, with the first of them and the one after the last. */
function forEachRow(
  { rowStart }: Runs,
  visit: (row: number, from: number, to: number) => void,
): void {
  for (let row = 0; row + 1 < rowStart.length; row++) {
    if (rowStart[row] < rowStart[row + 1]) visit(row, rowStart[row], rowStart[row + 1]);
  }
}

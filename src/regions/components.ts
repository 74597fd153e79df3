import type { Vec3 } from '../volume/volume';

export interface Components {
  /** 0 outside, 1..n: number of the component, in order of its first voxel. */
  readonly labels: Int32Array;
  /** Voxels of each component; `sizes[0]` belongs to component 1. */
  readonly sizes: readonly number[];
}

/** Connected components of the non-zero voxels; `faces`: 6 neighbours, `corners`: 26. */
export function connectedComponents(
  inside: Uint8Array,
  size: Vec3,
  neighbourhood: 'faces' | 'corners',
): Components {
  // A border of zeros around the grid spares every bounds check.
  const [nx, ny, nz] = [size[0] + 2, size[1] + 2, size[2] + 2];
  const open = new Uint8Array(nx * ny * nz);
  forEachRow(size, (row, start) =>
    open.set(inside.subarray(row * size[0], (row + 1) * size[0]), start),
  );
  const offsets = neighbourOffsets(neighbourhood).map(([x, y, z]) => x + nx * (y + ny * z));
  const found = new Int32Array(open.length);
  const stack = new Int32Array(inside.length);
  const sizes: number[] = [];
  for (let seed = 0; seed < open.length; seed++) {
    if (open[seed] === 0) continue;
    const label = sizes.length + 1;
    let [count, top] = [0, 0];
    stack[top++] = seed;
    open[seed] = 0;
    while (top > 0) {
      const i = stack[--top];
      found[i] = label;
      count++;
      for (let n = 0; n < offsets.length; n++) {
        const j = i + offsets[n];
        if (open[j] === 0) continue;
        open[j] = 0;
        stack[top++] = j;
      }
    }
    sizes.push(count);
  }
  const labels = new Int32Array(inside.length);
  forEachRow(size, (row, start) =>
    labels.set(found.subarray(start, start + size[0]), row * size[0]),
  );
  return { labels, sizes };
}

/** Rows of the grid, with where they start in the grid with a border. */
function forEachRow([nx, ny, nz]: Vec3, visit: (row: number, start: number) => void): void {
  for (let z = 0, row = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++, row++) {
      visit(row, 1 + (nx + 2) * (y + 1 + (ny + 2) * (z + 1)));
    }
  }
}

function neighbourOffsets(neighbourhood: 'faces' | 'corners'): Vec3[] {
  const offsets: Vec3[] = [];
  for (let dz = -1; dz <= 1; dz++) {
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const steps = Math.abs(dx) + Math.abs(dy) + Math.abs(dz);
        if (steps > 0 && (neighbourhood === 'corners' || steps === 1)) offsets.push([dx, dy, dz]);
      }
    }
  }
  return offsets;
}

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
  [nx, ny, nz]: Vec3,
  neighbourhood: 'faces' | 'corners',
): Components {
  const labels = new Int32Array(inside.length);
  const sizes: number[] = [];
  const stack: number[] = [];
  const offsets = neighbourOffsets(neighbourhood);
  for (let seed = 0; seed < inside.length; seed++) {
    if (inside[seed] === 0 || labels[seed] !== 0) continue;
    const label = sizes.length + 1;
    let size = 0;
    labels[seed] = label;
    stack.push(seed);
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      size++;
      const x = i % nx;
      const y = Math.floor(i / nx) % ny;
      const z = Math.floor(i / (nx * ny));
      for (const [dx, dy, dz] of offsets) {
        const [u, v, w] = [x + dx, y + dy, z + dz];
        if (u < 0 || v < 0 || w < 0 || u >= nx || v >= ny || w >= nz) continue;
        const j = u + nx * (v + ny * w);
        if (inside[j] === 0 || labels[j] !== 0) continue;
        labels[j] = label;
        stack.push(j);
      }
    }
    sizes.push(size);
  }
  return { labels, sizes };
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

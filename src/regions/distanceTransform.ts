/**
 * Exact Euclidean distance transform on an anisotropic grid, in millimetres.
 * Reference: Felzenszwalb & Huttenlocher, Theory of Computing 2012;8:415: per axis, the lower
 * envelope of the parabolas of a line; linear in the number of voxels.
 */
import type { Vec3 } from '../volume/volume';

export interface DistanceField {
  /** Squared distance (mm2) from each voxel centre to the nearest centre inside; Infinity when nothing is inside. */
  readonly squaredMm2: Float64Array;
  /** Index of that nearest inside voxel, -1 when nothing is inside. */
  readonly nearest: Int32Array;
}

/** `inside`: non-zero voxels are the set to which distances are taken, x fastest. */
export function distanceTo(inside: Uint8Array, size: Vec3, spacingMm: Vec3): DistanceField {
  const [nx, ny, nz] = size;
  const squaredMm2 = new Float64Array(inside.length).fill(Infinity);
  const nearest = new Int32Array(inside.length).fill(-1);
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] === 0) continue;
    squaredMm2[i] = 0;
    nearest[i] = i;
  }
  const field = { squaredMm2, nearest };
  const line = new LineTransform(Math.max(nx, ny, nz));
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) line.run(field, nx * (y + ny * z), 1, nx, spacingMm[0]);
  }
  for (let z = 0; z < nz; z++) {
    for (let x = 0; x < nx; x++) line.run(field, x + nx * ny * z, nx, ny, spacingMm[1]);
  }
  for (let y = 0; y < ny; y++) {
    for (let x = 0; x < nx; x++) line.run(field, x + nx * y, nx * ny, nz, spacingMm[2]);
  }
  return field;
}

/** One axis pass; the scratch arrays are kept between lines. */
class LineTransform {
  private readonly heights: Float64Array;
  private readonly sources: Int32Array;
  /** Positions of the parabolas of the lower envelope, and where each begins to be the lowest. */
  private readonly vertices: Int32Array;
  private readonly borders: Float64Array;

  constructor(longest: number) {
    this.heights = new Float64Array(longest);
    this.sources = new Int32Array(longest);
    this.vertices = new Int32Array(longest);
    this.borders = new Float64Array(longest + 1);
  }

  run(field: DistanceField, first: number, stride: number, length: number, spacing: number): void {
    const { heights, sources, vertices, borders } = this;
    const { squaredMm2, nearest } = field;
    let last = -1;
    for (let q = 0; q < length; q++) {
      const height = squaredMm2[first + q * stride];
      heights[q] = height;
      sources[q] = nearest[first + q * stride];
      if (height === Infinity) continue;
      let border = -Infinity;
      while (last >= 0) {
        border = this.crossing(vertices[last], q, spacing);
        if (border > borders[last]) break;
        last--;
      }
      last++;
      vertices[last] = q;
      borders[last] = last === 0 ? -Infinity : border;
    }
    if (last < 0) return;
    for (let q = 0, k = 0; q < length; q++) {
      const position = q * spacing;
      while (k < last && borders[k + 1] < position) k++;
      const vertex = vertices[k];
      const distance = position - vertex * spacing;
      squaredMm2[first + q * stride] = heights[vertex] + distance * distance;
      nearest[first + q * stride] = sources[vertex];
    }
  }

  /** Where (mm along the line) the parabola of `b` becomes lower than that of `a` (a < b). */
  private crossing(a: number, b: number, spacing: number): number {
    const [pa, pb] = [a * spacing, b * spacing];
    return (this.heights[b] + pb * pb - this.heights[a] - pa * pa) / (2 * (pb - pa));
  }
}

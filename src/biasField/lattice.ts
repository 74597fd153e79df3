/**
 * The control points of a scalar cubic B-spline volume: refinement and evaluation.
 * Reference: itk::BSplineControlPointImageFilter. Sums run in ITK's order and are rounded to
 * single precision where ITK stores them, so that the same lattice gives the same field.
 */
import type { Vec3 } from '../volume/volume';
import { refinedCount, type SplineAxis } from './splineAxis';

const { fround } = Math;

export interface Lattice {
  /** Control points along x, y, z; x fastest. */
  readonly size: Vec3;
  readonly values: Float32Array;
}

export type Axes = readonly [SplineAxis, SplineAxis, SplineAxis];

export function emptyLattice(size: Vec3): Lattice {
  return { size, values: new Float32Array(size[0] * size[1] * size[2]) };
}

/** The same function with every span halved: 2n - 3 control points per axis. */
export function refine(lattice: Lattice): Lattice {
  let { size, values } = lattice;
  for (const axis of [0, 1, 2] as const) {
    values = refineAxis(values, size, axis);
    const next: [number, number, number] = [...size];
    next[axis] = refinedCount(size[axis]);
    size = next;
  }
  return { size, values };
}

/** Subdivision of the cubic B-spline: (1/2, 1/2) between old control points, (1/8, 6/8, 1/8) on them. */
function refineAxis(values: Float32Array, size: Vec3, axis: 0 | 1 | 2): Float32Array {
  const stride = axis === 0 ? 1 : axis === 1 ? size[0] : size[0] * size[1];
  const count = size[axis];
  const next = refinedCount(count);
  const outer = values.length / (stride * count);
  const refined = new Float32Array(outer * next * stride);
  for (let o = 0; o < outer; o++) {
    for (let s = 0; s < stride; s++) {
      const from = o * count * stride + s;
      const to = o * next * stride + s;
      for (let j = 0; j < next; j++) {
        const at = from + (j >> 1) * stride;
        const sum =
          j % 2 === 0
            ? 0.5 * (values[at] + values[at + stride])
            : 0.125 * (values[at] + values[at + 2 * stride]) + 0.75 * values[at + stride];
        refined[to + j * stride] = sum;
      }
    }
  }
  return refined;
}

/** Sums control points over z, then y, one slice or row of the image at a time. */
export class LatticeRows {
  private readonly plane: Float32Array;
  private readonly line: Float32Array;

  constructor(
    private readonly lattice: Lattice,
    private readonly axes: Axes,
  ) {
    const [nx, ny] = lattice.size;
    this.plane = new Float32Array(nx * ny);
    this.line = new Float32Array(nx);
  }

  /** Call for each z before the rows of that slice. */
  enterSlice(z: number): void {
    const { values, size } = this.lattice;
    const stride = size[0] * size[1];
    collapse(values, this.axes[2], z, stride, this.plane);
  }

  /** Control points along x of row y of the slice entered last; overwritten by the next call. */
  row(y: number): Float32Array {
    collapse(this.plane, this.axes[1], y, this.lattice.size[0], this.line);
    return this.line;
  }
}

function collapse(
  from: Float32Array,
  axis: SplineAxis,
  voxel: number,
  stride: number,
  to: Float32Array,
): void {
  const { weights } = axis;
  const base = axis.first[voxel] * stride;
  const w0 = weights[4 * voxel];
  const w1 = weights[4 * voxel + 1];
  const w2 = weights[4 * voxel + 2];
  const w3 = weights[4 * voxel + 3];
  for (let i = 0; i < stride; i++) {
    const at = base + i;
    let sum = fround(from[at] * w0);
    sum = fround(sum + fround(from[at + stride] * w1));
    sum = fround(sum + fround(from[at + 2 * stride] * w2));
    to[i] = sum + fround(from[at + 3 * stride] * w3);
  }
}

/** One voxel of a row; `base` and `w` are the voxel's entries of the x axis. */
export function evaluateOnRow(
  line: Float32Array,
  base: number,
  weights: Float32Array,
  w: number,
): number {
  let sum = fround(line[base] * weights[w]);
  sum = fround(sum + fround(line[base + 1] * weights[w + 1]));
  sum = fround(sum + fround(line[base + 2] * weights[w + 2]));
  return fround(sum + fround(line[base + 3] * weights[w + 3]));
}

/** The field at every voxel of an image that the axes sample, x fastest. */
export function evaluateEverywhere(lattice: Lattice, axes: Axes): Float32Array {
  const [nx, ny, nz] = axes.map((axis) => axis.first.length);
  const { first, weights } = axes[0];
  const field = new Float32Array(nx * ny * nz);
  const rows = new LatticeRows(lattice, axes);
  let at = 0;
  for (let z = 0; z < nz; z++) {
    rows.enterSlice(z);
    for (let y = 0; y < ny; y++) {
      const line = rows.row(y);
      for (let x = 0; x < nx; x++) field[at++] = evaluateOnRow(line, first[x], weights, 4 * x);
    }
  }
  return field;
}

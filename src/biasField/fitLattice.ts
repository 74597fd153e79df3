/**
 * B-spline approximation of scattered data (Lee, Wolberg and Shin 1997, IEEE TVCG 3:228):
 * each voxel proposes a value for the 64 control points around it, the proposals are averaged
 * with the squares of the weights. Reference: itk::BSplineScatteredDataPointSetToImageFilter.
 *
 * The weight of control point (i, j, k) is a product over the axes, and so are its square, its
 * cube and the normalisation: the sums separate and are taken over rows, then slices, then the
 * volume, in double precision. ITK adds the 64 products of every voxel in single precision; this
 * is the only place where the two differ by more than the last bits of a library function.
 */
import type { Vec3 } from '../volume/volume';
import { emptyLattice, type Axes, type Lattice } from './lattice';
import type { MaskedRows } from './maskedRows';
import type { SplineAxis } from './splineAxis';

/** ITK takes a control point with no more weight than this as untouched, and leaves it at 0. */
const NO_WEIGHT = Math.fround(0.1 * 2 ** -23);

export class LatticeFit {
  private readonly size: Vec3;
  private readonly cubed: readonly Float64Array[];
  /** Sum of the squared weights at each control point; the same for every fit on these voxels. */
  private readonly omega: Float64Array;

  constructor(
    private readonly rows: MaskedRows,
    private readonly axes: Axes,
  ) {
    this.size = [axes[0].controlPoints, axes[1].controlPoints, axes[2].controlPoints];
    this.cubed = axes.map((axis) =>
      mapWeights(axis, (w, sumOfSquares) => (w * w * w) / sumOfSquares),
    );
    const squared = axes.map((axis) => mapWeights(axis, (w) => w * w));
    this.omega = this.accumulate(squared, undefined);
  }

  /** @param values one for each voxel of the rows. */
  fit(values: Float32Array): Lattice {
    const delta = this.accumulate(this.cubed, values);
    const lattice = emptyLattice(this.size);
    for (let i = 0; i < delta.length; i++) {
      const weight = this.omega[i];
      lattice.values[i] = weight > NO_WEIGHT ? delta[i] / weight : 0;
    }
    return lattice;
  }

  /** Sum over the voxels of value (or 1) times the product of the three axes' factors. */
  private accumulate(
    factors: readonly Float64Array[],
    values: Float32Array | undefined,
  ): Float64Array {
    const [, ny, nz] = this.rows.size;
    const [cx, cy, cz] = this.size;
    const total = new Float64Array(cx * cy * cz);
    const plane = new Float64Array(cx * cy);
    const line = new Float64Array(cx);
    for (let z = 0; z < nz; z++) {
      plane.fill(0);
      for (let y = 0; y < ny; y++) {
        if (!this.sumRow(y + ny * z, factors[0], values, line)) continue;
        spread(line, factors[1], this.axes[1].first[y], y, plane);
      }
      spread(plane, factors[2], this.axes[2].first[z], z, total);
    }
    return total;
  }

  private sumRow(
    row: number,
    factors: Float64Array,
    values: Float32Array | undefined,
    line: Float64Array,
  ): boolean {
    const { x, rowStart } = this.rows;
    const { first } = this.axes[0];
    const end = rowStart[row + 1];
    let i = rowStart[row];
    if (i === end) return false;
    line.fill(0);
    while (i < end) {
      // Neighbours in a row mostly share their four control points, which stay in registers.
      const base = first[x[i]];
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      while (i < end && first[x[i]] === base) {
        const value = values === undefined ? 1 : values[i];
        const w = 4 * x[i];
        s0 += value * factors[w];
        s1 += value * factors[w + 1];
        s2 += value * factors[w + 2];
        s3 += value * factors[w + 3];
        i++;
      }
      line[base] += s0;
      line[base + 1] += s1;
      line[base + 2] += s2;
      line[base + 3] += s3;
    }
    return true;
  }
}

function mapWeights(
  axis: SplineAxis,
  map: (weight: number, sumOfSquares: number) => number,
): Float64Array {
  const { weights } = axis;
  const mapped = new Float64Array(weights.length);
  for (let v = 0; v < weights.length; v += 4) {
    let squares = 0;
    for (let k = v; k < v + 4; k++) squares += weights[k] * weights[k];
    for (let k = v; k < v + 4; k++) mapped[k] = map(weights[k], squares);
  }
  return mapped;
}

/** Adds a partial sum to the four layers of control points around a voxel of the next axis. */
function spread(
  part: Float64Array,
  factors: Float64Array,
  first: number,
  voxel: number,
  to: Float64Array,
): void {
  for (let k = 0; k < 4; k++) {
    const factor = factors[4 * voxel + k];
    const base = (first + k) * part.length;
    for (let i = 0; i < part.length; i++) to[base + i] += part[i] * factor;
  }
}

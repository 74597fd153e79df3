/**
 * N4 on a set of voxels (Tustison 2010, IEEE TMI 29:1310): sharpen the histogram of the log image,
 * fit a B-spline to what the sharpening moved, add it to the field, take the field off the image,
 * repeat until the field stands still; then halve the spans and go on.
 * Reference: itk::N4BiasFieldCorrectionImageFilter.
 */
import { exp } from '../numerics/portableMath';
import type { Run } from '../chain/stage';
import type { Vec3 } from '../volume/volume';
import { breather } from './breathe';
import { LatticeFit } from './fitLattice';
import { evaluateOnRow, LatticeRows, refine, type Axes, type Lattice } from './lattice';
import type { MaskedRows } from './maskedRows';
import {
  HistogramSharpener,
  type IntensityRange,
  type SharpeningSettings,
} from './sharpenHistogram';
import { sampleAxis } from './splineAxis';

export interface LevelConvergence {
  readonly iterations: number;
  /** Coefficient of variation of the last change of the field, within the mask. */
  readonly change: number;
  readonly controlPoints: Vec3;
}

export interface N4Estimate {
  /** Control points of the log field. */
  readonly lattice: Lattice;
  readonly levels: readonly LevelConvergence[];
}

export interface N4Parameters extends SharpeningSettings {
  /** At most this many iterations on each level. */
  readonly iterations: readonly number[];
  readonly convergence: number;
  readonly controlPoints: Vec3;
}

/** @param logImage natural log of the intensity of each voxel of `rows`. */
export async function estimateLattice(
  rows: MaskedRows,
  logImage: Float32Array,
  parameters: N4Parameters,
  run: Run,
): Promise<N4Estimate> {
  const sharpener = new HistogramSharpener(parameters);
  const breathe = breather(run.signal);
  const total = parameters.iterations.reduce((sum, n) => sum + n, 0);
  const residual = new Float32Array(logImage.length);
  const state = new FieldState(rows, logImage);
  const levels: LevelConvergence[] = [];
  let lattice: Lattice | undefined;
  let planned = 0;
  for (const [level, maximum] of parameters.iterations.entries()) {
    if (lattice !== undefined) lattice = refine(lattice);
    const controlPoints = lattice?.size ?? parameters.controlPoints;
    const axes = sampleAxes(rows.size, controlPoints);
    const fit = new LatticeFit(rows, axes);
    let iterations = 0;
    let change = Infinity;
    while (iterations < maximum && change > parameters.convergence) {
      await breathe();
      sharpener.residual(state.uncorrected, state.range, residual);
      lattice = add(lattice, fit.fit(residual));
      change = state.update(lattice, axes);
      iterations++;
      run.report((planned + iterations) / total, `level ${level + 1}, iteration ${iterations}`);
    }
    planned += maximum;
    levels.push({ iterations, change, controlPoints });
  }
  if (lattice === undefined) throw new Error('N4 needs at least one iteration.');
  return { lattice, levels };
}

export function sampleAxes(voxels: Vec3, controlPoints: Vec3): Axes {
  return [
    sampleAxis(voxels[0], controlPoints[0]),
    sampleAxis(voxels[1], controlPoints[1]),
    sampleAxis(voxels[2], controlPoints[2]),
  ];
}

function add(lattice: Lattice | undefined, change: Lattice): Lattice {
  if (lattice === undefined) return change;
  return { size: lattice.size, values: lattice.values.map((value, i) => value + change.values[i]) };
}

/** The field at the voxels, and the log image without it. */
class FieldState {
  readonly uncorrected: Float32Array;
  range: IntensityRange;
  private readonly field: Float32Array;

  constructor(
    private readonly rows: MaskedRows,
    private readonly logImage: Float32Array,
  ) {
    this.uncorrected = logImage.slice();
    this.field = new Float32Array(logImage.length);
    let low = Infinity;
    let high = -Infinity;
    for (const value of logImage) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    this.range = { low, high };
  }

  /**
   * Evaluates the lattice and returns the coefficient of variation of exp(old - new).
   * Welford's running mean and variance, rounded as ITK rounds them.
   */
  update(lattice: Lattice, axes: Axes): number {
    const { fround } = Math;
    const { rows, field, logImage, uncorrected } = this;
    const [, ny, nz] = rows.size;
    const { first, weights } = axes[0];
    const lines = new LatticeRows(lattice, axes);
    let low = Infinity;
    let high = -Infinity;
    let mean = 0;
    let squares = 0;
    for (let z = 0; z < nz; z++) {
      lines.enterSlice(z);
      for (let y = 0; y < ny; y++) {
        const row = y + ny * z;
        const end = rows.rowStart[row + 1];
        if (rows.rowStart[row] === end) continue;
        const line = lines.row(y);
        for (let i = rows.rowStart[row]; i < end; i++) {
          const x = rows.x[i];
          const value = evaluateOnRow(line, first[x], weights, 4 * x);
          const ratio = fround(exp(fround(field[i] - value)));
          const n = i + 1;
          if (i > 0) {
            const d = fround(ratio - mean);
            squares = fround(squares + (fround(d * d) * i) / n);
          }
          mean = fround(mean * (1 - 1 / n) + fround(ratio / n));
          field[i] = value;
          const rest = fround(logImage[i] - value);
          uncorrected[i] = rest;
          if (rest < low) low = rest;
          if (rest > high) high = rest;
        }
      }
    }
    this.range = { low, high };
    return fround(fround(Math.sqrt(squares / (logImage.length - 1))) / mean);
  }
}

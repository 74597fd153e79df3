/**
 * Local binary patterns in 3D as PyRadiomics' `getLBP3DImage`: around each voxel of the region the
 * image is interpolated on a sphere (SciPy's cubic splines, 0 beyond the image), the signs of the
 * differences to the centre are reduced to rotation invariant norms (m1, m2, ...), and the samples
 * themselves to their kurtosis (k).
 *
 * The sphere is the same around every voxel, so each of its points needs the same four weights per
 * axis everywhere. Interpolation is done axis by axis for whole rows, and points that share offsets
 * share the work. Samples are rounded to the type of the image as SciPy does, which decides the
 * comparisons: without it equal neighbours would be a matter of the last bit.
 */
import type { Mask, Samples, Vec3 } from '../volume/volume';
import { excessKurtosis, excessKurtosisSingle } from './excessKurtosis';
import { icosphere } from './icosphere';
import { sphereSampler } from './sphereSampler';
import { harmonicNorm, type HarmonicNorm } from './sphericalHarmonics';

export interface Lbp3DSettings {
  readonly lbp3DLevels: number;
  readonly lbp3DIcosphereRadius: number;
  readonly lbp3DIcosphereSubdivision: number;
}

export interface PatternImages {
  /** m1, m2, ...; 0 outside the region. */
  readonly norms: readonly Float64Array[];
  readonly kurtosis: Float64Array | undefined;
}

/** @param withKurtosis false saves the time that it takes. */
export function lbp3D(
  data: Samples,
  size: Vec3,
  mask: Mask,
  settings: Lbp3DSettings,
  withKurtosis: boolean,
): PatternImages {
  const { lbp3DLevels, lbp3DIcosphereRadius: radius, lbp3DIcosphereSubdivision } = settings;
  const vertices = icosphere(lbp3DIcosphereSubdivision, radius);
  const levels = Array.from({ length: lbp3DLevels }, (_, n) => harmonicNorm(n, vertices, radius));
  const norms = levels.map(() => new Float64Array(data.length));
  const kurtosis = withKurtosis ? new Float64Array(data.length) : undefined;
  const kurtosisOf = kurtosisFor(data, vertices.length);
  const pattern = new Uint8Array(vertices.length);

  const sampler = sphereSampler(data, size, mask, vertices);
  for (const { first, last, samples } of sampler.rows()) {
    for (let at = first; at <= last; at++) {
      if (mask.data[at] === 0) continue;
      const start = (at - first) * vertices.length;
      const centre = data[at];
      for (let v = 0; v < pattern.length; v++) pattern[v] = samples[start + v] >= centre ? 1 : 0;
      for (let n = 0; n < levels.length; n++) norms[n][at] = normOf(pattern, levels[n]);
      if (kurtosis) kurtosis[at] = kurtosisOf(samples, start);
    }
  }
  return { norms, kurtosis };
}

function normOf(pattern: Uint8Array, { terms, basis, form }: HarmonicNorm): number {
  if (terms === 1) {
    let count = 0;
    for (let v = 0; v < pattern.length; v++) count += pattern[v];
    return count * Math.abs(basis[0]) * Math.sqrt(form[0]);
  }
  let norm = 0;
  if (terms === 3) {
    let a = 0;
    let b = 0;
    let c = 0;
    for (let v = 0, k = 0; v < pattern.length; v++, k += 3) {
      const sign = pattern[v];
      a += sign * basis[k];
      b += sign * basis[k + 1];
      c += sign * basis[k + 2];
    }
    norm =
      a * (form[0] * a + 2 * (form[1] * b + form[2] * c)) +
      b * (form[4] * b + 2 * form[5] * c) +
      form[8] * c * c;
    return Math.sqrt(Math.max(0, norm));
  }
  const sums = new Float64Array(terms);
  for (let v = 0, k = 0; v < pattern.length; v++) {
    for (let i = 0; i < terms; i++, k++) sums[i] += pattern[v] * basis[k];
  }
  for (let i = 0; i < terms; i++) {
    for (let j = 0; j < terms; j++) norm += sums[i] * sums[j] * form[terms * i + j];
  }
  return Math.sqrt(Math.max(0, norm));
}

function kurtosisFor(data: Samples, n: number): (samples: Float64Array, start: number) => number {
  if (data instanceof Float32Array) {
    const own = new Float32Array(n);
    const scratch = new Float32Array(n);
    return (samples, start) => {
      for (let i = 0; i < n; i++) own[i] = samples[start + i];
      return excessKurtosisSingle(own, scratch);
    };
  }
  const own = new Float64Array(n);
  const scratch = new Float64Array(n);
  return (samples, start) => {
    for (let i = 0; i < n; i++) own[i] = samples[start + i];
    return excessKurtosis(own, scratch);
  };
}

/**
 * Local binary patterns in 3D as PyRadiomics' `getLBP3DImage`: around each voxel of the region the
 * image is interpolated on a sphere (SciPy's cubic splines, 0 beyond the image), the signs of the
 * differences to the centre are reduced to rotation invariant norms (m1, m2, ...), and the samples
 * themselves to their kurtosis (k).
 *
 * Everything runs on rows of voxels: the sphere is the same around every voxel, so each of its
 * vertices needs the same weights everywhere.
 */
import type { Mask, Samples, Vec3 } from '../volume/volume';
import { rowKurtosis } from './excessKurtosis';
import { icosphere } from './icosphere';
import { patternNorm } from './patternNorms';
import { sampleSpheres, type SampledRow } from './sphereSampler';
import { harmonicsAt } from './sphericalHarmonics';

export interface Lbp3DSettings {
  readonly lbp3DIcosphereRadius: number;
  readonly lbp3DIcosphereSubdivision: number;
}

/** A value for each voxel of the region, in raster order. */
export interface PatternValues {
  /** m1, m2, ... as far as wanted, with the degree of the harmonics (0, 1, ...). */
  readonly norms: readonly { readonly degree: number; readonly values: Float64Array }[];
  readonly kurtosis: Float64Array | undefined;
}

/** What is not wanted saves the time that it takes. */
export interface WantedPatterns {
  readonly degrees: readonly number[];
  readonly kurtosis: boolean;
}

/** Values of the region's voxels only, which keeps large images with small regions cheap. */
export function lbp3D(
  data: Samples,
  size: Vec3,
  mask: Mask,
  settings: Lbp3DSettings,
  wanted: WantedPatterns,
): PatternValues {
  const { lbp3DIcosphereRadius: radius, lbp3DIcosphereSubdivision } = settings;
  const vertices = icosphere(lbp3DIcosphereSubdivision, radius);
  const stride = size[0];
  const voxels = countInside(mask);
  const norms = wanted.degrees.map((degree) => ({
    degree,
    normOf: patternNorm(harmonicsAt(degree, vertices, radius)),
    values: new Float64Array(voxels),
  }));
  const kurtosis = wanted.kurtosis ? new Float64Array(voxels) : undefined;
  const kurtosisOf = rowKurtosis(vertices.length, data instanceof Float32Array);
  const pattern = new Uint8Array(vertices.length * stride);
  const result = new Float64Array(stride);

  let done = 0;
  for (const row of sampleSpheres(data, size, mask, vertices)) {
    if (norms.length > 0) comparePattern(row, vertices.length, stride, data, pattern);
    let next = done;
    for (const { normOf, values } of norms) {
      normOf(pattern, stride, row.length, result);
      next = copyInside(result, row, mask, values, done);
    }
    if (kurtosis) {
      kurtosisOf(row.samples, stride, row.length, result);
      next = copyInside(result, row, mask, kurtosis, done);
    }
    done = next;
  }
  return { norms, kurtosis };
}

/** Writes the values of the region's voxels into an image; the others keep what they hold. */
export function spreadInside(values: Float64Array, mask: Mask, image: Float64Array): void {
  for (let at = 0, i = 0; at < image.length; at++) {
    if (mask.data[at] !== 0) image[at] = values[i++];
  }
}

function countInside({ data }: Mask): number {
  let count = 0;
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) count++;
  return count;
}

function comparePattern(
  { first, length, samples }: SampledRow,
  vertices: number,
  stride: number,
  data: Samples,
  pattern: Uint8Array,
): void {
  for (let v = 0; v < vertices; v++) {
    const start = v * stride;
    for (let x = 0; x < length; x++) {
      pattern[start + x] = samples[start + x] >= data[first + x] ? 1 : 0;
    }
  }
}

/** Appends the values of voxels inside the region from `at` on; returns where the next belong. */
function copyInside(
  values: Float64Array,
  { first, length }: SampledRow,
  mask: Mask,
  target: Float64Array,
  at: number,
): number {
  let next = at;
  for (let x = 0; x < length; x++) if (mask.data[first + x] !== 0) target[next++] = values[x];
  return next;
}

/**
 * The norm that PyRadiomics' lbp-3D takes of a pattern b of zeros and ones on the sphere: c_m =
 * sum_v b(v) Y_nm(v), F(v) = sum_m c_m Y_nm(v), sqrt(sum_v F(v)^2). The terms of m and -m are
 * conjugates, so F is real. Sums run in numpy's order (m = -n .. n, v rising), to the last bit.
 */
import type { Harmonics } from './sphericalHarmonics';

export interface PatternNorm {
  /**
   * @param pattern row of voxels for each vertex: pattern[v * stride + x] is 0 or 1
   * @param out takes the norm of voxels 0 .. length
   */
  (pattern: Uint8Array, stride: number, length: number, out: Float64Array): void;
}

export function patternNorm(harmonics: Harmonics): PatternNorm {
  if (harmonics.degree === 0) return countNorm(harmonics);
  return harmonics.degree === 1 ? firstDegreeNorm(harmonics) : anyDegreeNorm(harmonics);
}

/** Degree 0 is constant on the sphere, so only the number of ones counts. */
function countNorm({ zeroth }: Harmonics): PatternNorm {
  const norms = Float64Array.from({ length: zeroth.length + 1 }, (_, count) => {
    let c = 0;
    for (let v = 0; v < count; v++) c += zeroth[v];
    let squares = 0;
    for (const y of zeroth) squares += c * y * (c * y);
    return Math.sqrt(squares);
  });
  return (pattern, stride, length, out) => {
    const end = zeroth.length * stride;
    for (let x = 0; x < length; x++) {
      let count = 0;
      for (let at = x; at < end; at += stride) count += pattern[at];
      out[x] = norms[count];
    }
  };
}

/** PyRadiomics' m2. */
function firstDegreeNorm({ zeroth, real: [real], imaginary: [imaginary] }: Harmonics): PatternNorm {
  const vertices = zeroth.length;
  return (pattern, stride, length, out) => {
    for (let x = 0; x < length; x++) {
      let zero = 0;
      let re = 0;
      let im = 0;
      for (let v = 0, at = x; v < vertices; v++, at += stride) {
        const b = pattern[at];
        zero += b * zeroth[v];
        re += b * real[v];
        im += b * imaginary[v];
      }
      let squares = 0;
      for (let v = 0; v < vertices; v++) {
        const p = re * real[v] - im * imaginary[v];
        const field = p + zero * zeroth[v] + p;
        squares += field * field;
      }
      out[x] = Math.sqrt(squares);
    }
  };
}

function anyDegreeNorm({ degree, zeroth, real, imaginary }: Harmonics): PatternNorm {
  const vertices = zeroth.length;
  const re = new Float64Array(degree);
  const im = new Float64Array(degree);
  const product = (m: number, v: number): number => re[m] * real[m][v] - im[m] * imaginary[m][v];
  return (pattern, stride, length, out) => {
    for (let x = 0; x < length; x++) {
      let zero = 0;
      re.fill(0);
      im.fill(0);
      for (let v = 0, at = x; v < vertices; v++, at += stride) {
        if (pattern[at] === 0) continue;
        zero += zeroth[v];
        for (let m = 0; m < degree; m++) {
          re[m] += real[m][v];
          im[m] += imaginary[m][v];
        }
      }
      let squares = 0;
      for (let v = 0; v < vertices; v++) {
        let field = 0;
        for (let m = degree - 1; m >= 0; m--) field += product(m, v);
        field += zero * zeroth[v];
        for (let m = 0; m < degree; m++) field += product(m, v);
        squares += field * field;
      }
      out[x] = Math.sqrt(squares);
    }
  };
}

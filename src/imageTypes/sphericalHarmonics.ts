/**
 * The norm that PyRadiomics' lbp-3D takes of a pattern of signs on the sphere: the pattern is
 * projected on the spherical harmonics of one degree n, F(v) = sum_m c_m Y_nm(v), and the norm is
 * sqrt(sum_v F(v)^2). Y_n,-m is the conjugate of Y_nm up to (-1)^m, so F is real and the norm is a
 * quadratic form in 2n + 1 real sums over the pattern.
 *
 * PyRadiomics hands polar and azimuthal angle to `scipy.special.sph_harm` in exchanged order; the
 * harmonics here have the same arguments.
 */

export interface HarmonicNorm {
  /** How many sums there are: 2n + 1. */
  readonly terms: number;
  /** What each vertex of the sphere adds to the sums: `terms` numbers for each vertex. */
  readonly basis: Float64Array;
  /** The quadratic form, `terms` x `terms`. */
  readonly form: Float64Array;
}

export function harmonicNorm(
  n: number,
  vertices: readonly (readonly [number, number, number])[],
  radius: number,
): HarmonicNorm {
  const terms = 2 * n + 1;
  const basis = new Float64Array(terms * vertices.length);
  const dual = new Float64Array(terms * vertices.length);
  vertices.forEach(([x, y, z], v) => {
    const azimuth = Math.acos(z / radius);
    const polar = Math.atan2(y, x);
    for (let m = 0; m <= n; m++) {
      const magnitude = scaledLegendre(n, m, Math.cos(polar));
      const real = magnitude * Math.cos(m * azimuth);
      const imaginary = magnitude * Math.sin(m * azimuth);
      if (m === 0) {
        basis[terms * v] = real;
        dual[terms * v] = real;
        continue;
      }
      basis[terms * v + 2 * m - 1] = real;
      basis[terms * v + 2 * m] = imaginary;
      dual[terms * v + 2 * m - 1] = 2 * real;
      dual[terms * v + 2 * m] = -2 * imaginary;
    }
  });
  const form = new Float64Array(terms * terms);
  for (let v = 0; v < vertices.length; v++) {
    for (let i = 0; i < terms; i++) {
      for (let j = 0; j < terms; j++) {
        form[terms * i + j] += dual[terms * v + i] * dual[terms * v + j];
      }
    }
  }
  return { terms, basis, form };
}

/** sqrt((2n + 1) / 4 pi (n - m)! / (n + m)!) P_nm(x), with the Condon-Shortley phase. */
function scaledLegendre(n: number, m: number, x: number): number {
  let ratio = 1;
  for (let k = n - m + 1; k <= n + m; k++) ratio /= k;
  return Math.sqrt(((2 * n + 1) / (4 * Math.PI)) * ratio) * legendre(n, m, x);
}

function legendre(n: number, m: number, x: number): number {
  const sine = Math.sqrt(Math.max(0, 1 - x * x));
  let previous = 0;
  let current = 1;
  for (let k = 1; k <= m; k++) current *= -(2 * k - 1) * sine;
  for (let k = m; k < n; k++) {
    const next = ((2 * k + 1) * x * current - (k + m) * previous) / (k - m + 1);
    [previous, current] = [current, next];
  }
  return current;
}

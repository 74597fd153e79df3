/**
 * Spherical harmonics of one degree at the points of a sphere, as `scipy.special.sph_harm` gives
 * them to PyRadiomics' lbp-3D, which hands it polar and azimuthal angle in exchanged order.
 *
 * PyRadiomics compares norms that are equal but for their last bits (percentiles of a few distinct
 * values), so for its default sphere the harmonics are stored with SciPy's last bits; elsewhere
 * they come from JavaScript's sine and cosine, which may differ there.
 */
import defaultSphere from './defaultSphere.json' with { type: 'json' };

type Point = readonly [number, number, number];

/** Y_nm of one degree at each point; Y_n,-m is the conjugate of Y_nm times (-1)^m. */
export interface Harmonics {
  readonly degree: number;
  /** m = 0, which is real. */
  readonly zeroth: Float64Array;
  /** m = 1 .. n. */
  readonly real: readonly Float64Array[];
  readonly imaginary: readonly Float64Array[];
}

export function harmonicsAt(degree: number, points: readonly Point[], radius: number): Harmonics {
  if (degree === 1 && radius === 1 && points.length === defaultSphere.order0.length) {
    return {
      degree,
      zeroth: Float64Array.from(defaultSphere.order0),
      real: [Float64Array.from(defaultSphere.order1Real)],
      imaginary: [Float64Array.from(defaultSphere.order1Imaginary)],
    };
  }
  const orders = Array.from({ length: degree }, (_, i) => i + 1);
  const magnitude = ([x, y]: Point, m: number): number =>
    scaledLegendre(degree, m, Math.cos(Math.atan2(y, x)));
  const azimuth = (point: Point): number => Math.acos(point[2] / radius);
  return {
    degree,
    zeroth: Float64Array.from(points, (p) => magnitude(p, 0)),
    real: orders.map((m) =>
      Float64Array.from(points, (p) => magnitude(p, m) * Math.cos(m * azimuth(p))),
    ),
    imaginary: orders.map((m) =>
      Float64Array.from(points, (p) => magnitude(p, m) * Math.sin(m * azimuth(p))),
    ),
  };
}

/** sqrt((2n + 1) / 4 pi (n - m)! / (n + m)!) P_nm(x), with the Condon-Shortley phase. */
function scaledLegendre(n: number, m: number, x: number): number {
  let ratio = 1;
  for (let k = n - m + 1; k <= n + m; k++) ratio /= k;
  return legendre(n, m, x) * Math.sqrt((2 * n + 1) / 4 / Math.PI) * Math.sqrt(ratio);
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

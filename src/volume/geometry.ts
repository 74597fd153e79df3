import type { Grid, Mat3, Vec3 } from './volume';

/**
 * An affine map of points, p' = M p, as a row-major 4 x 4 matrix with last row (0, 0, 0, 1).
 * Voxel indices count from the centre of voxel (0, 0, 0); world points are LPS millimetres.
 */
export type Mat4 = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

export const IDENTITY_DIRECTION: Mat3 = [1, 0, 0, 0, 1, 0, 0, 0, 1];
export const IDENTITY_TRANSFORM: Mat4 = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** Voxel index -> LPS mm. */
export function indexToWorld(grid: Grid): Mat4 {
  const [sx, sy, sz] = grid.spacingMm;
  const [ox, oy, oz] = grid.originMm;
  const d = grid.direction;
  return [
    d[0] * sx,
    d[1] * sy,
    d[2] * sz,
    ox,
    d[3] * sx,
    d[4] * sy,
    d[5] * sz,
    oy,
    d[6] * sx,
    d[7] * sy,
    d[8] * sz,
    oz,
    0,
    0,
    0,
    1,
  ];
}

/** LPS mm -> (continuous) voxel index. */
export function worldToIndex(grid: Grid): Mat4 {
  return invertAffine(indexToWorld(grid));
}

/** a after b: the matrix of p -> a(b(p)). */
export function multiply(a: Mat4, b: Mat4): Mat4 {
  const row = (r: number): [number, number, number, number] => {
    const [p, q, s, t] = [a[4 * r], a[4 * r + 1], a[4 * r + 2], a[4 * r + 3]];
    return [
      p * b[0] + q * b[4] + s * b[8],
      p * b[1] + q * b[5] + s * b[9],
      p * b[2] + q * b[6] + s * b[10],
      p * b[3] + q * b[7] + s * b[11] + t,
    ];
  };
  return [...row(0), ...row(1), ...row(2), 0, 0, 0, 1];
}

/** Throws when the map has no inverse, which a grid's never lacks. */
export function invertAffine(m: Mat4): Mat4 {
  const linear = invert3([m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]]);
  const moved = applyLinear(linear, [m[3], m[7], m[11]]);
  return [
    linear[0],
    linear[1],
    linear[2],
    -moved[0],
    linear[3],
    linear[4],
    linear[5],
    -moved[1],
    linear[6],
    linear[7],
    linear[8],
    -moved[2],
    0,
    0,
    0,
    1,
  ];
}

export function applyToPoint(m: Mat4, p: Vec3): Vec3 {
  return [
    m[0] * p[0] + m[1] * p[1] + m[2] * p[2] + m[3],
    m[4] * p[0] + m[5] * p[1] + m[6] * p[2] + m[7],
    m[8] * p[0] + m[9] * p[1] + m[10] * p[2] + m[11],
  ];
}

export function applyLinear(m: Mat3, v: Vec3): Vec3 {
  return [
    m[0] * v[0] + m[1] * v[1] + m[2] * v[2],
    m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
    m[6] * v[0] + m[7] * v[1] + m[8] * v[2],
  ];
}

export function invert3(m: Mat3): Mat3 {
  // Reciprocals keep grids that are parallel to the world exact, as ITK's inverse does.
  const diagonal = [1, 2, 3, 5, 6, 7].every((i) => m[i] === 0);
  if (diagonal && m[0] && m[4] && m[8]) return [1 / m[0], 0, 0, 0, 1 / m[4], 0, 0, 0, 1 / m[8]];
  const [a, b, c, d, e, f, g, h, i] = m;
  const A = e * i - f * h;
  const B = f * g - d * i;
  const C = d * h - e * g;
  const determinant = a * A + b * B + c * C;
  if (!Number.isFinite(1 / determinant)) throw new Error('A singular matrix has no inverse.');
  const s = 1 / determinant;
  return [
    A * s,
    (c * h - b * i) * s,
    (b * f - c * e) * s,
    B * s,
    (a * i - c * g) * s,
    (c * d - a * f) * s,
    C * s,
    (b * g - a * h) * s,
    (a * e - b * d) * s,
  ];
}

export function determinant3(m: Mat3): number {
  return (
    m[0] * (m[4] * m[8] - m[5] * m[7]) -
    m[1] * (m[3] * m[8] - m[5] * m[6]) +
    m[2] * (m[3] * m[7] - m[4] * m[6])
  );
}

/**
 * Whether two grids occupy the same physical space, by ITK's rule: origin and spacing agree within
 * `tolerance` times the first spacing, direction cosines within `tolerance`, sizes exactly.
 */
export function sameGrid(a: Grid, b: Grid, tolerance = 1e-6): boolean {
  const lengthTolerance = Math.abs(tolerance * a.spacingMm[0]);
  const near = (p: readonly number[], q: readonly number[], limit: number): boolean =>
    p.every((value, i) => Math.abs(value - q[i]) <= limit);
  return (
    a.size.every((n, i) => n === b.size[i]) &&
    near(a.originMm, b.originMm, lengthTolerance) &&
    near(a.spacingMm, b.spacingMm, lengthTolerance) &&
    near(a.direction, b.direction, tolerance)
  );
}

/** One line for messages: "256 x 256 x 40 voxels of 0.78 x 0.78 x 4 mm at (-100, -80, 12)". */
export function describeGrid(grid: Grid): string {
  const text = (values: readonly number[]): string =>
    values.map((v) => String(Number(v.toPrecision(6)))).join(', ');
  const rotated = grid.direction.some((v, i) => Math.abs(v - IDENTITY_DIRECTION[i]) > 1e-9);
  return (
    `${grid.size.join(' x ')} voxels of ${grid.spacingMm.map((v) => Number(v.toPrecision(6))).join(' x ')} mm` +
    ` at (${text(grid.originMm)})${rotated ? `, axes (${text(grid.direction)})` : ''}`
  );
}

/** The part of a grid between two voxel corners, `end` exclusive. */
export function subGrid(grid: Grid, start: Vec3, end: Vec3): Grid {
  return {
    ...grid,
    size: [end[0] - start[0], end[1] - start[1], end[2] - start[2]],
    originMm: applyToPoint(indexToWorld(grid), start),
  };
}

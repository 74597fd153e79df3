/** Principal moments of the voxel centres of a region, as in PyRadiomics 3.1 (`shape.py`). */
import type { Mat3, Vec3 } from '../../volume/volume';
import type { RegionVoxels } from '../regionImage';

/** PyRadiomics takes negative eigenvalues above this for rounding errors of 0. */
const ROUNDING = -1e-10;

/** Eigenvalues of the covariance of the voxel centres in mm2, rising. */
export function principalMoments([nx, ny]: Vec3, region: RegionVoxels, spacingMm: Vec3): Vec3 {
  const { offsets, start } = region;
  const n = offsets.length;
  // Sums of products of whole numbers are exact, so the order of adding does not matter.
  let [x1, y1, z1, xx, yy, zz, xy, xz, yz] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const row = Math.floor(offsets[i] / nx);
    const slice = Math.floor(row / ny);
    const x = offsets[i] - row * nx - start[0];
    const y = row - slice * ny - start[1];
    const z = slice - start[2];
    x1 += x;
    y1 += y;
    z1 += z;
    xx += x * x;
    yy += y * y;
    zz += z * z;
    xy += x * y;
    xz += x * z;
    yz += y * z;
  }
  const [sx, sy, sz] = spacingMm;
  const covariance = (ab: number, a: number, b: number) => (ab - (a * b) / n) / n;
  const cxy = covariance(xy, x1, y1) * sx * sy;
  const cxz = covariance(xz, x1, z1) * sx * sz;
  const cyz = covariance(yz, y1, z1) * sy * sz;
  const [a, b, c] = eigenvalues([
    covariance(xx, x1, x1) * sx * sx,
    cxy,
    cxz,
    cxy,
    covariance(yy, y1, y1) * sy * sy,
    cyz,
    cxz,
    cyz,
    covariance(zz, z1, z1) * sz * sz,
  ]);
  const clean = (value: number) => (value < 0 && value > ROUNDING ? 0 : value);
  return [clean(a), clean(b), clean(c)];
}

/** Eigenvalues of a symmetric matrix, rising, by Jacobi rotations. */
function eigenvalues(matrix: Mat3): Vec3 {
  const m = Array.from(matrix);
  for (let sweep = 0; sweep < 30; sweep++) {
    if (Math.abs(m[1]) + Math.abs(m[2]) + Math.abs(m[5]) === 0) break;
    rotate(m, 0, 1, 2);
    rotate(m, 0, 2, 1);
    rotate(m, 1, 2, 0);
  }
  const [a, b, c] = [m[0], m[4], m[8]].sort((first, second) => first - second);
  return [a, b, c];
}

/** Makes element (p, q) 0; r is the third axis. */
function rotate(m: number[], p: number, q: number, r: number): void {
  const [pq, pp, qq] = [p * 3 + q, p * 4, q * 4];
  if (m[pq] === 0) return;
  const theta = (m[qq] - m[pp]) / (2 * m[pq]);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(t, 1);
  const sine = t * cosine;
  m[pp] -= t * m[pq];
  m[qq] += t * m[pq];
  m[pq] = 0;
  m[q * 3 + p] = 0;
  const [rp, rq] = [m[r * 3 + p], m[r * 3 + q]];
  const newP = cosine * rp - sine * rq;
  const newQ = sine * rp + cosine * rq;
  m[r * 3 + p] = newP;
  m[p * 3 + r] = newP;
  m[r * 3 + q] = newQ;
  m[q * 3 + r] = newQ;
}

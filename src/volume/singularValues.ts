/**
 * The inverse of a matrix as ITK computes it, to the last bit: by LINPACK's singular values (dsvdc,
 * G. W. Stewart 1978), which vnl_matrix_inverse uses. On oblique grids the last bit decides into
 * which voxel a position halfway between two falls.
 */
import type { Mat3 } from './volume';

type Column = [number, number, number];
type Columns = readonly [Column, Column, Column];

const N = 3;

/** @throws Error for a singular matrix. */
export function invertBySingularValues(m: Mat3): Mat3 {
  const x: Columns = [
    [m[0], m[3], m[6]],
    [m[1], m[4], m[7]],
    [m[2], m[5], m[8]],
  ];
  const bidiagonal = reduce(x);
  iterate(bidiagonal);
  const { s, u, v } = bidiagonal;
  const entry = (row: number, column: number): number => {
    let sum = 0;
    for (let k = 0; k < N; k++) sum += v[k][row] * (1 / Math.abs(s[k])) * u[k][column];
    return sum;
  };
  const [a, b, c] = [0, 1, 2].map((row) => [entry(row, 0), entry(row, 1), entry(row, 2)]);
  return [a[0], a[1], a[2], b[0], b[1], b[2], c[0], c[1], c[2]];
}

interface Bidiagonal {
  /** Diagonal, and the elements beside it. */
  readonly s: Column;
  readonly e: Column;
  /** Columns of left and right singular vectors. */
  readonly u: Columns;
  readonly v: Columns;
}

/** Householder reflections: columns 0 and 1 from the left, row 0 from the right. */
function reduce(x: Columns): Bidiagonal {
  const s: Column = [0, 0, 0];
  const e: Column = [0, 0, 0];
  const u: Columns = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 1],
  ];
  const v: Columns = [
    [1, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let l = 0; l < 2; l++) {
    s[l] = reflector(x[l], l);
    for (let j = l + 1; j < N; j++) {
      if (s[l] !== 0) reflect(x[j], x[l], l);
      e[j] = x[j][l];
    }
    for (let i = l; i < N; i++) u[l][i] = x[l][i];
    if (l > 0) continue;
    e[0] = reflector(e, 1);
    if (e[0] !== 0) {
      const work: Column = [0, 0, 0];
      for (let j = 1; j < N; j++) for (let i = 1; i < N; i++) work[i] += e[j] * x[j][i];
      for (let j = 1; j < N; j++) {
        const t = -e[j] / e[1];
        for (let i = 1; i < N; i++) x[j][i] += t * work[i];
      }
    }
    for (let i = 1; i < N; i++) v[0][i] = e[i];
  }
  s[2] = x[2][2];
  e[1] = x[2][1];
  e[2] = 0;
  formLeft(u, s);
  formRight(v, e);
  return { s, e, u, v };
}

/** Turns `vector`, from `from` on, into a reflector in place; returns the element it leaves. */
function reflector(vector: Column, from: number): number {
  let length = norm(vector, from);
  if (length === 0) return -0;
  if (vector[from] !== 0) length = withSign(length, vector[from]);
  const scale = 1 / length;
  for (let i = from; i < N; i++) vector[i] *= scale;
  vector[from] += 1;
  return -length;
}

function reflect(target: Column, by: Column, from: number): void {
  let dot = 0;
  for (let i = from; i < N; i++) dot += by[i] * target[i];
  const t = -dot / by[from];
  for (let i = from; i < N; i++) target[i] += t * by[i];
}

function formLeft(u: Columns, s: Column): void {
  for (let l = 1; l >= 0; l--) {
    if (s[l] === 0) {
      u[l].fill(0);
      u[l][l] = 1;
      continue;
    }
    for (let j = l + 1; j < N; j++) reflect(u[j], u[l], l);
    for (let i = l; i < N; i++) u[l][i] *= -1;
    u[l][l] += 1;
    for (let i = 0; i < l; i++) u[l][i] = 0;
  }
}

function formRight(v: Columns, e: Column): void {
  const by: Column = [...v[0]];
  v[2].splice(0, N, 0, 0, 1);
  v[1].splice(0, N, 0, 1, 0);
  if (e[0] !== 0) for (let j = 1; j < N; j++) reflect(v[j], by, 1);
  v[0].splice(0, N, 1, 0, 0);
}

/** QR steps with shifts until the elements beside the diagonal are negligible. */
function iterate({ s, e, u, v }: Bidiagonal): void {
  let m = N - 1;
  for (let steps = 0; m >= 0; steps++) {
    if (steps > 1000) throw new Error('The singular values of a matrix do not converge.');
    let l = m - 1;
    for (; l >= 0; l--) {
      const test = Math.abs(s[l]) + Math.abs(s[l + 1]);
      if (test + Math.abs(e[l]) !== test) continue;
      e[l] = 0;
      break;
    }
    if (l < m - 1) {
      step({ s, e, u, v }, l + 1, m);
      continue;
    }
    if (s[m] === 0) throw new Error('A singular matrix has no inverse.');
    settle({ s, e, u, v }, m);
    m--;
  }
}

function step({ s, e, u, v }: Bidiagonal, l: number, m: number): void {
  const scale = Math.max(...[s[m], s[m - 1], e[m - 1], s[l], e[l]].map(Math.abs));
  const sm = s[m] / scale;
  const smm1 = s[m - 1] / scale;
  const emm1 = e[m - 1] / scale;
  const sl = s[l] / scale;
  const el = e[l] / scale;
  const b = ((smm1 + sm) * (smm1 - sm) + emm1 * emm1) / 2;
  const c = sm * emm1 * (sm * emm1);
  let shift = 0;
  if (b !== 0 || c !== 0) {
    shift = Math.sqrt(b * b + c);
    if (b < 0) shift = -shift;
    shift = c / (b + shift);
  }
  let f = (sl + sm) * (sl - sm) + shift;
  let g = sl * el;
  for (let k = l; k < m; k++) {
    const right = rotation(f, g);
    if (k !== l) e[k - 1] = right.r;
    f = right.c * s[k] + right.s * e[k];
    e[k] = right.c * e[k] - right.s * s[k];
    g = right.s * s[k + 1];
    s[k + 1] = right.c * s[k + 1];
    rotate(v[k], v[k + 1], right.c, right.s);
    const left = rotation(f, g);
    s[k] = left.r;
    f = left.c * e[k] + left.s * s[k + 1];
    s[k + 1] = -left.s * e[k] + left.c * s[k + 1];
    g = left.s * e[k + 1];
    e[k + 1] = left.c * e[k + 1];
    rotate(u[k], u[k + 1], left.c, left.s);
  }
  e[m - 1] = f;
}

/** Makes a value positive and brings it into its place among the larger ones found before. */
function settle({ s, u, v }: Bidiagonal, found: number): void {
  if (s[found] < 0) {
    s[found] = -s[found];
    for (let i = 0; i < N; i++) v[found][i] *= -1;
  }
  for (let l = found; l < N - 1 && s[l] < s[l + 1]; l++) {
    [s[l], s[l + 1]] = [s[l + 1], s[l]];
    for (const columns of [u, v]) {
      for (let i = 0; i < N; i++) {
        [columns[l][i], columns[l + 1][i]] = [columns[l + 1][i], columns[l][i]];
      }
    }
  }
}

function rotation(a: number, b: number): { r: number; c: number; s: number } {
  const scale = Math.abs(a) + Math.abs(b);
  if (scale === 0) return { r: 0, c: 1, s: 0 };
  const [p, q] = [a / scale, b / scale];
  const r = withSign(1, Math.abs(a) > Math.abs(b) ? a : b) * (scale * Math.sqrt(p * p + q * q));
  return { r, c: a / r, s: b / r };
}

function rotate(x: Column, y: Column, c: number, s: number): void {
  for (let i = 0; i < N; i++) {
    const turned = c * x[i] + s * y[i];
    y[i] = c * y[i] - s * x[i];
    x[i] = turned;
  }
}

function norm(vector: Column, from: number): number {
  let [scale, squares] = [0, 1];
  for (let i = from; i < N; i++) {
    const size = Math.abs(vector[i]);
    if (size === 0) continue;
    if (scale < size) {
      squares = squares * ((scale / size) * (scale / size)) + 1;
      scale = size;
    } else squares += (size / scale) * (size / scale);
  }
  return scale * Math.sqrt(squares);
}

function withSign(size: number, sign: number): number {
  return sign < 0 ? -Math.abs(size) : Math.abs(size);
}

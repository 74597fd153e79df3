/**
 * Maximal correlation coefficient: the square root of the second largest eigenvalue of
 * Q(i, j) = sum over k of P(i, k) P(j, k) / (px(i) py(k) + eps), as PyRadiomics 3.1 defines it.
 *
 * PyRadiomics forms Q and finds all its eigenvalues. But for eps, Q is similar to C C' with
 * C(i, k) = P(i, k) / sqrt(px(i) py(k) + eps), so the coefficient is the second singular value of C
 * (what eps leaves changes an eigenvalue by its square only, far below 1e-9). The leading vectors are
 * known: sqrt(px) on each connected part of the matrix, with a value that only eps keeps from being
 * 1. With these taken out, the Lanczos method needs nothing but products of the sparse C.
 */
import { EPSILON } from '../sums';
import { largestEigenvalue } from './lanczos';
import type { PairProbabilities } from './probabilities';

export function maximalCorrelation(p: PairProbabilities): number {
  const matrix = scaledMatrix(p);
  const { vector: leader, parts, partOf } = leadingVectors(p);
  // The parts do not mix, so one product serves the leading vectors of all.
  const product = new Float64Array(leader.length);
  multiply(matrix, leader, product);
  const leading = sumsOfParts(leader, product, partOf, parts);
  const next = largestEigenvalue(leader.length, (vector, result) => {
    multiply(matrix, vector, result);
    const shares = sumsOfParts(leader, vector, partOf, parts);
    for (let i = 0; i < result.length; i++) result[i] -= shares[partOf[i]] * leader[i];
  });
  const second = leading.length > 1 ? leading.sort()[leading.length - 2] : 0;
  return Math.sqrt(Math.max(second, Math.min(next, leading[leading.length - 1])));
}

/** The scalar product of two vectors within each part. */
function sumsOfParts(
  a: Float64Array,
  b: Float64Array,
  partOf: Int32Array,
  parts: number,
): Float64Array {
  const sums = new Float64Array(parts);
  for (let i = 0; i < a.length; i++) sums[partOf[i]] += a[i] * b[i];
  return sums;
}

/** C by rows: those of row i are `starts[i]` to `starts[i + 1]` (exclusive). */
interface SparseMatrix {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  /** Scratch of a product. */
  readonly byColumn: Float64Array;
}

/** The cells of the probabilities are sorted by row. */
function scaledMatrix({ rows, columns, values, px, py }: PairProbabilities): SparseMatrix {
  const n = px.length;
  const starts = new Int32Array(n + 1);
  const scaled = new Float64Array(values.length);
  for (let c = 0; c < values.length; c++) {
    starts[rows[c] + 1] = c + 1;
    scaled[c] = values[c] / Math.sqrt(px[rows[c]] * py[columns[c]] + EPSILON);
  }
  for (let i = 0; i < n; i++) starts[i + 1] = Math.max(starts[i + 1], starts[i]);
  return { starts, columns, values: scaled, byColumn: new Float64Array(n) };
}

/** v -> C C' v */
function multiply(
  { starts, columns, values, byColumn }: SparseMatrix,
  vector: Float64Array,
  product: Float64Array,
): void {
  byColumn.fill(0);
  for (let i = 0; i < vector.length; i++) {
    const v = vector[i];
    const end = starts[i + 1];
    for (let c = starts[i]; c < end; c++) byColumn[columns[c]] += values[c] * v;
  }
  for (let i = 0; i < vector.length; i++) {
    let total = 0;
    const end = starts[i + 1];
    for (let c = starts[i]; c < end; c++) total += values[c] * byColumn[columns[c]];
    product[i] = total;
  }
}

/**
 * The connected parts of the graph whose edges are the cells, and sqrt(px), scaled to length 1 on
 * each part. Levels without a pair have 0 and count as of part 0.
 */
function leadingVectors({ rows, columns, px }: PairProbabilities) {
  const n = px.length;
  const parents = new Int32Array(2 * n);
  for (let node = 0; node < 2 * n; node++) parents[node] = node;
  for (let c = 0; c < rows.length; c++) {
    parents[rootOf(parents, rows[c])] = rootOf(parents, n + columns[c]);
  }

  const partOfRoot = new Map<number, number>();
  const partOf = new Int32Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (px[i] === 0) continue;
    const root = rootOf(parents, i);
    const part = partOfRoot.get(root) ?? partOfRoot.size;
    partOfRoot.set(root, part);
    partOf[i] = part;
    weights[part] += px[i];
  }
  const vector = px.map((x, i) => (x === 0 ? 0 : Math.sqrt(x / weights[partOf[i]])));
  return { vector, parts: partOfRoot.size, partOf };
}

function rootOf(parents: Int32Array, node: number): number {
  let at = node;
  while (parents[at] !== at) at = parents[at] = parents[parents[at]];
  return at;
}

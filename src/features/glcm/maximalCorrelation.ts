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
  const multiply = scaledProduct(p);
  const { vector: leader, parts, partOf } = leadingVectors(p);
  // The parts do not mix, so one product serves the leading vectors of all.
  const leading = sumsOfParts(leader, multiply(leader), partOf, parts);
  const next = largestEigenvalue(leader.length, (vector) => {
    const product = multiply(vector);
    const shares = sumsOfParts(leader, vector, partOf, parts);
    for (let i = 0; i < product.length; i++) product[i] -= shares[partOf[i]] * leader[i];
    return product;
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

/** v -> C C' v; the cells are sorted by row. */
function scaledProduct({ rows, columns, values, px, py }: PairProbabilities) {
  const n = px.length;
  const starts = new Int32Array(n + 1);
  const scaled = new Float64Array(values.length);
  for (let c = 0; c < values.length; c++) {
    starts[rows[c] + 1] = c + 1;
    scaled[c] = values[c] / Math.sqrt(px[rows[c]] * py[columns[c]] + EPSILON);
  }
  for (let i = 0; i < n; i++) starts[i + 1] = Math.max(starts[i + 1], starts[i]);

  const byColumn = new Float64Array(n);
  return (vector: Float64Array): Float64Array => {
    byColumn.fill(0);
    for (let i = 0; i < n; i++) {
      const v = vector[i];
      for (let c = starts[i]; c < starts[i + 1]; c++) byColumn[columns[c]] += scaled[c] * v;
    }
    const product = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let total = 0;
      for (let c = starts[i]; c < starts[i + 1]; c++) total += scaled[c] * byColumn[columns[c]];
      product[i] = total;
    }
    return product;
  };
}

/**
 * The connected parts of the graph whose edges are the cells, and sqrt(px), scaled to length 1 on
 * each part. Levels without a pair have 0 and count as of part 0.
 */
function leadingVectors({ rows, columns, px }: PairProbabilities) {
  const n = px.length;
  const parents = Int32Array.from({ length: 2 * n }, (_, node) => node);
  const rootOf = (node: number): number => {
    let at = node;
    while (parents[at] !== at) at = parents[at] = parents[parents[at]];
    return at;
  };
  for (let c = 0; c < rows.length; c++) parents[rootOf(rows[c])] = rootOf(n + columns[c]);

  const partOfRoot = new Map<number, number>();
  const partOf = new Int32Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (px[i] === 0) continue;
    const root = rootOf(i);
    const part = partOfRoot.get(root) ?? partOfRoot.size;
    partOfRoot.set(root, part);
    partOf[i] = part;
    weights[part] += px[i];
  }
  const vector = px.map((x, i) => (x === 0 ? 0 : Math.sqrt(x / weights[partOf[i]])));
  return { vector, parts: partOfRoot.size, partOf };
}

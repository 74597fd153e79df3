/**
 * Maximal correlation coefficient: the square root of the second largest eigenvalue of
 * Q(i, j) = sum over k of P(i, k) P(j, k) / (px(i) py(k) + eps), as PyRadiomics 3.1 defines it.
 *
 * PyRadiomics forms Q and finds all eigenvalues. Scaled by sqrt(px), Q is symmetric but for eps, and
 * its leading eigenvectors are known: sqrt(px) on each connected part of the matrix, with an
 * eigenvalue that only eps keeps from being 1. With these taken out, the Lanczos method gives the
 * next eigenvalue from products of the sparse P with vectors. The antisymmetric part that eps
 * leaves changes an eigenvalue by its square only and is dropped.
 */
import { EPSILON } from '../sums';
import { largestEigenvalue } from './lanczos';
import type { PairProbabilities } from './probabilities';

export function maximalCorrelation(p: PairProbabilities): number {
  const multiply = scaledProduct(p);
  const leaders = leadingVectors(p);
  const leading = leaders.map((vector) => dot(vector, multiply(vector)));
  const next = largestEigenvalue(p.px.length, (vector) => {
    const product = multiply(vector);
    for (const leader of leaders) {
      const share = dot(leader, vector);
      for (let i = 0; i < product.length; i++) product[i] -= share * leader[i];
    }
    return product;
  });
  const [, second] = [...leading, next].sort((a, b) => b - a);
  return Math.sqrt(Math.max(second, 0));
}

/** v -> (S + S') v / 2, where S = sqrt(D) Q / sqrt(D) and D = diag(px). */
function scaledProduct({ rows, columns, values, px, py }: PairProbabilities) {
  const left = new Float64Array(values.length);
  const right = new Float64Array(values.length);
  for (let c = 0; c < values.length; c++) {
    const x = px[rows[c]];
    left[c] = values[c] / Math.sqrt(x);
    right[c] = (values[c] / (x * py[columns[c]] + EPSILON)) * Math.sqrt(x);
  }
  const byLeft = new Float64Array(py.length);
  const byRight = new Float64Array(py.length);
  return (vector: Float64Array): Float64Array => {
    byLeft.fill(0);
    byRight.fill(0);
    for (let c = 0; c < values.length; c++) {
      const v = vector[rows[c]];
      byLeft[columns[c]] += left[c] * v;
      byRight[columns[c]] += right[c] * v;
    }
    const product = new Float64Array(px.length);
    for (let c = 0; c < values.length; c++) {
      product[rows[c]] += 0.5 * (right[c] * byLeft[columns[c]] + left[c] * byRight[columns[c]]);
    }
    return product;
  };
}

/** sqrt(px) on each connected part of the graph whose edges are the cells, with length 1. */
function leadingVectors({ rows, columns, px }: PairProbabilities): Float64Array[] {
  const n = px.length;
  const parents = Int32Array.from({ length: 2 * n }, (_, node) => node);
  const rootOf = (node: number): number => {
    let at = node;
    while (parents[at] !== at) at = parents[at] = parents[parents[at]];
    return at;
  };
  for (let c = 0; c < rows.length; c++) parents[rootOf(rows[c])] = rootOf(n + columns[c]);

  const weights = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    if (px[i] > 0) weights.set(rootOf(i), (weights.get(rootOf(i)) ?? 0) + px[i]);
  }
  return [...weights].map(([root, weight]) =>
    px.map((x, i) => (rootOf(i) === root ? Math.sqrt(x / weight) : 0)),
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

/**
 * Cholesky factors of small symmetric matrices, in place and without allocation: a training solves
 * hundreds of thousands of systems of ten to thirty unknowns, for which a library's matrix objects
 * cost more than the arithmetic. The operations and their order are those of ml-matrix.
 */

/**
 * Replaces the lower triangle of a row-major `size` x `size` matrix by its factor L, A = L L'.
 * False when the matrix is not positive definite; its content is then of no use.
 */
export function factorise(matrix: Float64Array, size: number): boolean {
  let definite = true;
  for (let j = 0; j < size; j++) {
    const row = j * size;
    let squares = 0;
    for (let k = 0; k < j; k++) {
      const other = k * size;
      let sum = 0;
      for (let i = 0; i < k; i++) sum += matrix[other + i] * matrix[row + i];
      sum = (matrix[row + k] - sum) / matrix[other + k];
      matrix[row + k] = sum;
      squares += sum * sum;
    }
    const left = matrix[row + j] - squares;
    if (!(left > 0)) definite = false;
    matrix[row + j] = Math.sqrt(Math.max(left, 0));
  }
  return definite;
}

/** Replaces `right` by the solution x of L L' x = right. */
export function solveFactorised(factor: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let k = 0; k < size; k++) {
    let value = right[k];
    for (let i = 0; i < k; i++) value -= right[i] * factor[k * size + i];
    right[k] = value / factor[k * size + k];
  }
  for (let k = size - 1; k >= 0; k--) {
    let value = right[k];
    for (let i = k + 1; i < size; i++) value -= right[i] * factor[i * size + k];
    right[k] = value / factor[k * size + k];
  }
}

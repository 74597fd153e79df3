/**
 * Largest eigenvalue of a symmetric matrix known by its products: Lanczos with full
 * reorthogonalisation (Golub and Van Loan, Matrix Computations, chapter 10), and bisection with
 * Sturm sequences for the tridiagonal matrix.
 */

/** Steps between two looks at the eigenvalue, and the change that ends the search. */
const CHECK_EVERY = 4;
const TOLERANCE = 1e-11;
/** Below this the Krylov space is complete, and a new direction is started. */
const BREAKDOWN = 1e-12;

/** @param multiply writes the product with a vector of length n into another */
export function largestEigenvalue(
  n: number,
  multiply: (vector: Float64Array, product: Float64Array) => void,
): number {
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  const random = randomNumbers();
  let vector: Float64Array | null = startVector(n, basis, random);
  let last = NaN;
  let settled = 0;
  while (vector !== null) {
    basis.push(vector);
    const next = new Float64Array(n);
    multiply(vector, next);
    diagonal.push(dot(vector, next));
    orthogonalise(next, basis);
    const norm = Math.sqrt(dot(next, next));
    if (basis.length === n) break;
    if (basis.length % CHECK_EVERY === 0) {
      const found = largestOfTridiagonal(diagonal, beside);
      settled = Math.abs(found - last) <= TOLERANCE * Math.abs(found) ? settled + 1 : 0;
      if (settled === 2) return found;
      last = found;
    }
    const complete = norm < BREAKDOWN;
    beside.push(complete ? 0 : norm);
    vector = complete ? startVector(n, basis, random) : divided(next, norm);
  }
  return largestOfTridiagonal(diagonal, beside);
}

/** A unit vector orthogonal to the basis; null when the basis fills the space. */
function startVector(
  n: number,
  basis: readonly Float64Array[],
  random: () => number,
): Float64Array | null {
  const vector = new Float64Array(n);
  for (let i = 0; i < n; i++) vector[i] = random();
  orthogonalise(vector, basis);
  const norm = Math.sqrt(dot(vector, vector));
  return norm < BREAKDOWN ? null : divided(vector, norm);
}

/** In place. */
function divided(vector: Float64Array, divisor: number): Float64Array {
  for (let i = 0; i < vector.length; i++) vector[i] /= divisor;
  return vector;
}

/**
 * Gram-Schmidt. When much of a vector is taken away, what is left has rounding errors of the size of
 * what went, and a second pass removes them (Daniel, Gragg, Kaufman and Stewart 1976).
 */
function orthogonalise(vector: Float64Array, basis: readonly Float64Array[]): void {
  for (let pass = 0; pass < 2; pass++) {
    const before = dot(vector, vector);
    for (const direction of basis) subtract(vector, direction, dot(direction, vector));
    if (dot(vector, vector) > 0.5 * before) return;
  }
}

function subtract(vector: Float64Array, direction: Float64Array, share: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] -= share * direction[i];
}

function largestOfTridiagonal(diagonal: readonly number[], beside: readonly number[]): number {
  const n = diagonal.length;
  let low = Math.max(...diagonal);
  let high = low;
  for (let i = 0; i < n; i++) {
    const reach = (i > 0 ? beside[i - 1] : 0) + (i < n - 1 ? beside[i] : 0);
    high = Math.max(high, diagonal[i] + reach);
  }
  while (high - low > 1e-14 * Math.abs(high)) {
    const middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    if (allBelow(diagonal, beside, middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Whether all eigenvalues are below `bound`: all pivots of (T - bound) are negative. */
function allBelow(diagonal: readonly number[], beside: readonly number[], bound: number): boolean {
  let pivot = diagonal[0] - bound;
  for (let i = 1; i < diagonal.length; i++) {
    if (pivot >= 0) return false;
    pivot = diagonal[i] - bound - (beside[i - 1] * beside[i - 1]) / pivot;
  }
  return pivot < 0;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

/** Numbers between -0.5 and 0.5, the same in every run (linear congruential generator). */
function randomNumbers(): () => number {
  let state = 12345;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

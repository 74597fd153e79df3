/** ComBat's first step: what each feature is without its batch, by ordinary least squares. */
import { LuDecomposition, Matrix } from 'ml-matrix';

/** Arrays have one entry for each feature. */
export interface Location {
  readonly grandMean: readonly number[];
  readonly pooledVariance: readonly number[];
  /** `covariateEffects[covariate][feature]` */
  readonly covariateEffects: readonly (readonly number[])[];
}

export interface LocationInput {
  readonly columns: readonly Float64Array[];
  readonly covariates?: readonly (readonly number[])[];
}

/**
 * One column of the design for each batch, then the covariates.
 * @param members rows of each batch
 * @param reference number of the batch that mean and variance are taken from; -1: all of them
 */
export function fitLocation(
  { columns, covariates }: LocationInput,
  members: readonly (readonly number[])[],
  reference: number,
): Location {
  const patients = columns[0].length;
  const batchOf = new Int32Array(patients);
  members.forEach((rows, b) => rows.forEach((row) => (batchOf[row] = b)));
  const design = Array.from({ length: patients }, (_, row) =>
    Float64Array.of(
      ...members.map((_, b) => (batchOf[row] === b ? 1 : 0)),
      ...(covariates?.[row] ?? []),
    ),
  );
  const effects = leastSquares(design, columns);
  const rows = reference < 0 ? [...batchOf.keys()] : members[reference];
  const grandMean: number[] = [];
  const pooledVariance: number[] = [];
  columns.forEach((values, g) => {
    grandMean.push(
      reference >= 0
        ? effects.get(reference, g)
        : members.reduce((sum, { length }, b) => sum + (length / patients) * effects.get(b, g), 0),
    );
    const own = effects.getColumn(g);
    let variance = 0;
    for (const row of rows)
      variance += (values[row] - product(design[row], own)) ** 2 / rows.length;
    pooledVariance.push(variance);
  });
  return { grandMean, pooledVariance, covariateEffects: effects.to2DArray().slice(members.length) };
}

/** Contribution of a patient's covariates to a feature. */
export function covariatePart(
  effects: readonly (readonly number[])[],
  covariates: readonly number[] | undefined,
  feature: number,
): number {
  return effects.reduce((sum, effect, c) => sum + effect[feature] * (covariates?.[c] ?? NaN), 0);
}

/** `[design column][feature]` */
function leastSquares(design: readonly Float64Array[], columns: readonly Float64Array[]): Matrix {
  const size = design[0].length;
  const right = Matrix.zeros(size, columns.length);
  columns.forEach((values, g) => {
    for (let c = 0; c < size; c++) {
      let sum = 0;
      for (let row = 0; row < values.length; row++) sum += design[row][c] * values[row];
      right.set(c, g, sum);
    }
  });
  const x = new Matrix(design.map((row) => [...row]));
  return new LuDecomposition(x.transpose().mmul(x)).solve(right);
}

function product(a: Float64Array, b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/**
 * Filters before the penalised model. Each takes the candidates of one resample and tells which of
 * them stay; nothing is remembered from one resample to the next.
 */
import type { SurvivalData } from '../../survival/data';
import { normalTwoSidedP } from '../../survival/distributions';
import { PartialLikelihood } from '../../survival/partialLikelihood';

/** One array of patients for each candidate. */
export type Columns = readonly Float64Array[];

/** Candidates that take at least two values, none of them in nearly all patients. */
export function varying(columns: Columns, mostCommonShare = 0.95): number[] {
  return columns.flatMap((values, j) => {
    const counts = new Map<number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return Math.max(...counts.values()) <= mostCommonShare * values.length ? [j] : [];
  });
}

export interface Association {
  readonly candidate: number;
  /** Score test of a Cox model of this candidate alone (Breslow ties), as a standard normal. */
  readonly z: number;
  readonly p: number;
}

/**
 * Univariable association with the outcome, strongest first. The score test needs no fit: one
 * derivative at zero serves every candidate (R survival::coxph, `sctest`).
 */
export function univariable(data: SurvivalData, columns: Columns): Association[] {
  const likelihood = new PartialLikelihood(data);
  const zero = new Float64Array(likelihood.rows);
  const { gradient } = likelihood.derivatives(zero);
  return columns
    .map((x, candidate) => {
      let slope = 0;
      for (let i = 0; i < x.length; i++) slope += x[i] * gradient[i];
      const [information] = likelihood.information(zero, [x]);
      const z = information > 0 ? slope / Math.sqrt(information) : 0;
      return { candidate, z, p: normalTwoSidedP(z) };
    })
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z) || a.candidate - b.candidate);
}

/**
 * Of candidates that say nearly the same, the first one stays.
 * @param order candidates, the most wanted first
 */
export function uncorrelated(
  columns: Columns,
  order: readonly number[],
  maximumSpearman: number,
): number[] {
  const kept: { candidate: number; ranks: Float64Array }[] = [];
  for (const candidate of order) {
    const ranks = standardisedRanks(columns[candidate]);
    const repeats = kept.some((other) => Math.abs(dot(other.ranks, ranks)) > maximumSpearman);
    if (!repeats) kept.push({ candidate, ranks });
  }
  return kept.map(({ candidate }) => candidate);
}

/** Spearman's rank correlation, ties with mean ranks. */
export function spearman(a: Float64Array, b: Float64Array): number {
  return dot(standardisedRanks(a), standardisedRanks(b));
}

/** Mean ranks, centred and of length 1, so that a correlation is one product. */
function standardisedRanks(values: Float64Array): Float64Array {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let k = start; k < end; k++) ranks[order[k]] = (start + end - 1) / 2;
    start = end;
  }
  const mean = (values.length - 1) / 2;
  let squares = 0;
  for (let i = 0; i < ranks.length; i++) {
    ranks[i] -= mean;
    squares += ranks[i] * ranks[i];
  }
  const length = Math.sqrt(squares);
  return length === 0 ? ranks : ranks.map((rank) => rank / length);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

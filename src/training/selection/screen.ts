/**
 * Filters before the penalised model. Each takes the candidates of one resample and tells which of
 * them stay; nothing is remembered from one resample to the next.
 */
import { timeGroups, timeOrder, type SurvivalData } from '../../survival/data';
import { normalTwoSidedP } from '../../survival/distributions';
import { PartialLikelihood } from '../../survival/partialLikelihood';

/** One array of patients for each candidate. */
export type Columns = readonly Float64Array[];

/** Candidates that take at least two values, none of them in nearly all patients. */
export function varying(columns: Columns, mostCommonShare = 0.95): number[] {
  return columns.flatMap((values, j) =>
    mostCommonCount(values) <= mostCommonShare * values.length ? [j] : [],
  );
}

/** How often the value occurs that more than half of the patients have; 0 when there is none (Boyer and Moore 1991). */
function mostCommonCount(values: Float64Array): number {
  let candidate = values[0];
  let lead = 0;
  for (let i = 0; i < values.length; i++) {
    if (lead === 0) candidate = values[i];
    lead += values[i] === candidate ? 1 : -1;
  }
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === candidate) count++;
  return 2 * count > values.length ? count : 0;
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
  return strongestFirst(associations(data, columns));
}

/** In the order of the columns. */
export function associations(data: SurvivalData, columns: Columns): Association[] {
  const order = Int32Array.from(timeOrder(data));
  const groups = timeGroups(data, [...order]).map(([start, end]) => {
    let deaths = 0;
    for (let k = start; k < end; k++) deaths += data.event[order[k]];
    return { start, end, deaths };
  });
  const { gradient } = new PartialLikelihood(data).derivatives(new Float64Array(order.length));
  return columns.map((x, candidate) => {
    let slope = 0;
    for (let i = 0; i < x.length; i++) slope += x[i] * gradient[i];
    let information = 0;
    let sum = 0;
    let squares = 0;
    for (let g = groups.length - 1; g >= 0; g--) {
      const { start, end, deaths } = groups[g];
      for (let k = start; k < end; k++) {
        const value = x[order[k]];
        sum += value;
        squares += value * value;
      }
      const atRisk = order.length - start;
      information += deaths * (squares / atRisk - (sum / atRisk) ** 2);
    }
    const z = information > 0 ? slope / Math.sqrt(information) : 0;
    return { candidate, z, p: normalTwoSidedP(z) };
  });
}

export function strongestFirst(found: readonly Association[]): Association[] {
  return [...found].sort((a, b) => Math.abs(b.z) - Math.abs(a.z) || a.candidate - b.candidate);
}

/**
 * Of candidates that say nearly the same, the first one stays.
 * @param ranks `standardisedRanks` of each candidate of `order`
 * @param order candidates, the most wanted first
 */
export function uncorrelated(
  ranks: (candidate: number) => Float64Array,
  order: readonly number[],
  maximumSpearman: number,
): number[] {
  const kept: number[] = [];
  const keptRanks: Float64Array[] = [];
  for (const candidate of order) {
    const own = ranks(candidate);
    if (keptRanks.some((other) => Math.abs(dot(other, own)) > maximumSpearman)) continue;
    kept.push(candidate);
    keptRanks.push(own);
  }
  return kept;
}

/** Ranks of columns, each computed when it is first asked for. */
export function rankCache(columns: Columns): (candidate: number) => Float64Array {
  const known = new Map<number, Float64Array>();
  return (candidate) => {
    let ranks = known.get(candidate);
    if (!ranks) known.set(candidate, (ranks = standardisedRanks(columns[candidate])));
    return ranks;
  };
}

/** Spearman's rank correlation, ties with mean ranks. */
export function spearman(a: Float64Array, b: Float64Array): number {
  return dot(standardisedRanks(a), standardisedRanks(b));
}

/** Mean ranks, centred and of length 1, so that a correlation is one product. */
export function standardisedRanks(values: Float64Array): Float64Array {
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

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

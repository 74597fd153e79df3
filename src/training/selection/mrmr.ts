/**
 * Minimum redundancy, maximum relevance (Peng, Long and Ding 2005; the "MID" form): each next
 * candidate is the one whose relevance exceeds its mean redundancy with those chosen most. For
 * survival outcomes relevance is |z| of the univariable score test, scaled to 0..1 by the
 * strongest; redundancy is |Spearman|. Whoever says nearly the same as a chosen one is left out.
 */
import { dot, type Association } from './screen';

/**
 * The first `count` candidates in the order in which they were chosen.
 * @param ranks `standardisedRanks` of a candidate
 */
export function mrmr(
  ranks: (candidate: number) => Float64Array,
  associations: readonly Association[],
  count: number,
  maximumSpearman: number,
): number[] {
  const strongest = Math.max(...associations.map(({ z }) => Math.abs(z)), Number.MIN_VALUE);
  let left = associations.map(({ candidate, z }) => ({
    candidate,
    ranks: ranks(candidate),
    relevance: Math.abs(z) / strongest,
    redundancy: 0,
  }));
  const chosen: number[] = [];
  while (chosen.length < count && left.length > 0) {
    const share = 1 / Math.max(1, chosen.length);
    let next = left[0];
    for (const other of left) {
      const gain = other.relevance - other.redundancy * share;
      if (gain > next.relevance - next.redundancy * share) next = other;
    }
    chosen.push(next.candidate);
    left = left.filter((other) => {
      const correlation = Math.abs(dot(next.ranks, other.ranks));
      other.redundancy += correlation;
      return other !== next && correlation <= maximumSpearman;
    });
  }
  return chosen;
}

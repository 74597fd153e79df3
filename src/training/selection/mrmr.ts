/**
 * Minimum redundancy, maximum relevance (Peng, Long and Ding 2005; the "MID" form): each next
 * candidate is the one whose relevance exceeds its mean redundancy with those chosen most. For
 * survival outcomes relevance is |z| of the univariable score test, scaled to 0..1 by the
 * strongest; redundancy is |Spearman|.
 */
import { spearman, type Association, type Columns } from './screen';

/** The first `count` candidates in the order in which they were chosen. */
export function mrmr(
  columns: Columns,
  associations: readonly Association[],
  count: number,
): number[] {
  const strongest = Math.max(...associations.map(({ z }) => Math.abs(z)), Number.MIN_VALUE);
  const left = associations.map(({ candidate, z }) => ({
    candidate,
    relevance: Math.abs(z) / strongest,
    redundancy: 0,
  }));
  const chosen: number[] = [];
  while (chosen.length < count && left.length > 0) {
    const gain = (k: number): number =>
      left[k].relevance - (chosen.length === 0 ? 0 : left[k].redundancy / chosen.length);
    let best = 0;
    for (let k = 1; k < left.length; k++) if (gain(k) > gain(best)) best = k;
    const [{ candidate }] = left.splice(best, 1);
    chosen.push(candidate);
    for (const other of left) {
      other.redundancy += Math.abs(spearman(columns[candidate], columns[other.candidate]));
    }
  }
  return chosen;
}

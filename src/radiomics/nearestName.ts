/** The candidate with the fewest edits (insert, delete, replace; case counts half) from `name`. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Infinity;
  for (const candidate of candidates) {
    const edits = distance(name, candidate);
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best;
}

function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(
        Math.min(
          previous[j] + 1,
          row[j - 1] + 1,
          previous[j - 1] + replacementCost(a[i - 1], b[j - 1]),
        ),
      );
    }
    previous = row;
  }
  return previous[b.length];
}

function replacementCost(p: string, q: string): number {
  if (p === q) return 0;
  return p.toLowerCase() === q.toLowerCase() ? 0.5 : 1;
}

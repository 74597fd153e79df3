/** The cells of a co-occurrence matrix that are not 0, sorted by row. */

export interface PairCounts {
  /** Ranks of the two levels of each cell. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  /** Occurrences; not whole when directions are weighted. */
  readonly counts: Float64Array;
}

/**
 * @param table n x n counts, row and column 0 to be left out
 * @param symmetric add the transposed table
 */
export function pairsOfTable(table: Int32Array, n: number, symmetric: boolean): PairCounts {
  let cells = 0;
  for (let row = 1; row < n; row++) {
    for (let column = 1; column < n; column++) {
      if (table[row * n + column] > 0 || (symmetric && table[column * n + row] > 0)) cells++;
    }
  }
  const pairs = emptyPairs(cells);
  for (let row = 1, at = 0; row < n; row++) {
    for (let column = 1; column < n; column++) {
      const count = table[row * n + column] + (symmetric ? table[column * n + row] : 0);
      if (count === 0) continue;
      pairs.rows[at] = row - 1;
      pairs.columns[at] = column - 1;
      pairs.counts[at++] = count;
    }
  }
  return pairs;
}

/** @param keys row x n + column of every occurrence; sorted in place */
export function pairsOfKeys(keys: Float64Array, n: number): PairCounts {
  keys.sort();
  let cells = 0;
  for (let i = 0; i < keys.length; i++) if (i === 0 || keys[i] !== keys[i - 1]) cells++;
  const pairs = emptyPairs(cells);
  for (let i = 0, at = -1; i < keys.length; i++) {
    if (i === 0 || keys[i] !== keys[i - 1]) {
      at++;
      pairs.rows[at] = Math.floor(keys[i] / n);
      pairs.columns[at] = keys[i] % n;
    }
    pairs.counts[at]++;
  }
  return pairs;
}

function emptyPairs(cells: number): PairCounts {
  return {
    rows: new Int32Array(cells),
    columns: new Int32Array(cells),
    counts: new Float64Array(cells),
  };
}

/** Sum of several matrices, each times its weight. */
export function weightedPairs(
  matrices: readonly PairCounts[],
  weights: readonly number[],
  n: number,
): PairCounts {
  const cells = new Map<number, number>();
  matrices.forEach(({ rows, columns, counts }, m) => {
    for (let c = 0; c < counts.length; c++) {
      const key = rows[c] * n + columns[c];
      cells.set(key, (cells.get(key) ?? 0) + weights[m] * counts[c]);
    }
  });
  const sorted = Float64Array.from(cells.keys()).sort();
  const pairs = emptyPairs(sorted.length);
  sorted.forEach((key, at) => {
    pairs.rows[at] = Math.floor(key / n);
    pairs.columns[at] = key % n;
    pairs.counts[at] = cells.get(key) ?? 0;
  });
  return pairs;
}

import { discretise } from '../../../src/features/discretise';
import { cooccurrences } from '../../../src/features/glcm/matrix';
import { buildLevelGrid } from '../../../src/features/levelGrid';
import { forwardOffsets } from '../../../src/features/neighbours';
import { findRegion, gatherValues } from '../../../src/features/regionImage';
import { DEFAULT_FEATURE_SETTINGS } from '../../../src/features/settings';

/**
 * The three ways to count pairs (13 tables at once, one table, sorting) are chosen by the number of
 * levels. All count the same pairs, so pairs of levels that are merged afterwards must agree.
 */
const SIDE = 24;
const image = Float64Array.from({ length: SIDE ** 3 }, (_, i) => ((i * 7919) % 4099) + 0.5);
const mask = new Uint8Array(SIDE ** 3).fill(1);

function matricesWithWidth(binWidth: number, merge: number) {
  const region = findRegion([SIDE, SIDE, SIDE], mask);
  const settings = { ...DEFAULT_FEATURE_SETTINGS, binWidth };
  const levels = discretise(gatherValues(image, region), settings);
  const grid = buildLevelGrid([SIDE, SIDE, SIDE], region, levels, 1);
  const offsets = forwardOffsets(region.extent, [1], settings);
  const merged = cooccurrences(grid, offsets, true).map(({ rows, columns, counts }) => {
    const cells = new Map<string, number>();
    counts.forEach((n, c) => {
      const key = [rows[c], columns[c]]
        .map((rank) => Math.ceil(grid.levels[rank] / merge))
        .join(' ');
      cells.set(key, (cells.get(key) ?? 0) + n);
    });
    return Object.fromEntries([...cells].sort());
  });
  return { merged, count: grid.levels.length };
}

test('tables, one table and sorting count the same pairs', () => {
  const fewest = matricesWithWidth(64, 1);
  const some = matricesWithWidth(4, 16);
  const many = matricesWithWidth(1, 64);
  expect([fewest.count, some.count, many.count]).toEqual([65, 1025, 4099]);
  expect(some.merged).toEqual(fewest.merged);
  expect(many.merged).toEqual(fewest.merged);
});

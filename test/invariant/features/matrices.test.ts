import fc from 'fast-check';
import { discretise } from '../../../src/features/discretise';
import { cooccurrences } from '../../../src/features/glcm/matrix';
import { dependenceMatrix } from '../../../src/features/gldm/matrix';
import { runLengthMatrices } from '../../../src/features/glrlm/matrix';
import { sizeZoneMatrix } from '../../../src/features/glszm/matrix';
import { buildLevelGrid } from '../../../src/features/levelGrid';
import type { LevelSizeCounts } from '../../../src/features/levelSizeCounts';
import type { Offset } from '../../../src/features/neighbours';
import { toneDifferenceMatrix } from '../../../src/features/ngtdm/matrix';
import type { RegionImage } from '../../../src/features/regionImage';
import { findRegion, gatherValues } from '../../../src/features/regionImage';
import { DEFAULT_FEATURE_SETTINGS } from '../../../src/features/settings';
import { levelAt, positions, regions } from './regions';

/** The kernels against their definitions, written without any of their tricks. */

const ALL_13: Offset[] = [];
for (const dz of [1, 0, -1]) {
  for (const dy of [1, 0, -1]) {
    for (const dx of [1, 0, -1]) if (ALL_13.length < 13) ALL_13.push([dx, dy, dz]);
  }
}
const OPPOSITE = ALL_13.map(([dx, dy, dz]): Offset => [-dx || 0, -dy || 0, -dz || 0]);
/** Twelve directions: the kernels that are not unrolled. */
const SOME_12 = ALL_13.slice(1);
/** Farther neighbours. */
const DISTANT: Offset[] = [
  [2, 1, 0],
  [-1, 0, 2],
  [0, 2, 0],
];

function gridOf(region: RegionImage) {
  const voxels = findRegion(region.size, region.mask);
  const settings = { ...DEFAULT_FEATURE_SETTINGS, binWidth: 1 };
  const levels = discretise(gatherValues(region.image, voxels), settings);
  return { grid: buildLevelGrid(region.size, voxels, levels, 2), extent: voxels.extent };
}

function step([x, y, z]: Offset, [dx, dy, dz]: Offset, times = 1): Offset {
  return [x + times * dx, y + times * dy, z + times * dz];
}

/** Counts by key, without zeros, in a form that compares. */
function tally(keys: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

function cellsOf({ ranks, sizes, counts, levels }: LevelSizeCounts): Record<string, number> {
  return Object.fromEntries([...counts].map((n, c) => [`${levels[ranks[c]]} ${sizes[c]}`, n]));
}

function forEachRegion(check: (region: RegionImage) => void): void {
  fc.assert(fc.property(regions, check), { numRuns: 150 });
}

describe.each([
  ['13 directions', ALL_13],
  ['12 directions', SOME_12],
  ['distant neighbours', DISTANT],
])('with %s', (_, offsets) => {
  test('GLCM counts pairs of levels', () => {
    forEachRegion((region) => {
      const { grid } = gridOf(region);
      const matrices = cooccurrences(grid, offsets, false);
      offsets.forEach((offset, direction) => {
        const { rows, columns, counts } = matrices[direction];
        const found = Object.fromEntries(
          [...counts].map((n, c) => [`${grid.levels[rows[c]]} ${grid.levels[columns[c]]}`, n]),
        );
        const pairs = positions(region)
          .map((at) => [levelAt(region, ...at), levelAt(region, ...step(at, offset))])
          .filter(([, other]) => other > 0);
        expect(found).toEqual(tally(pairs.map((pair) => pair.join(' '))));
      });
    });
  });

  test('a symmetric GLCM is the matrix plus its transpose', () => {
    forEachRegion((region) => {
      const { grid } = gridOf(region);
      const plain = cooccurrences(grid, offsets, false);
      cooccurrences(grid, offsets, true).forEach(({ rows, columns, counts }, direction) => {
        const cells = plain[direction];
        const sum: Record<string, number> = {};
        cells.counts.forEach((n, c) => {
          for (const key of [
            `${cells.rows[c]} ${cells.columns[c]}`,
            `${cells.columns[c]} ${cells.rows[c]}`,
          ]) {
            sum[key] = (sum[key] ?? 0) + n;
          }
        });
        const found = Object.fromEntries(
          [...counts].map((n, c) => [`${rows[c]} ${columns[c]}`, n]),
        );
        expect(found).toEqual(sum);
      });
    });
  });

  test.each([0, 1, 3])('GLDM counts neighbours within %i levels', (alpha) => {
    forEachRegion((region) => {
      const { grid } = gridOf(region);
      const both = [...offsets, ...offsets.map(([x, y, z]): Offset => [-x, -y, -z])];
      const keys = positions(region).map((at) => {
        const level = levelAt(region, ...at);
        const near = both
          .map((offset) => levelAt(region, ...step(at, offset)))
          .filter((other) => other > 0 && Math.abs(other - level) <= alpha);
        return `${level} ${near.length + 1}`;
      });
      expect(cellsOf(dependenceMatrix(grid, offsets, alpha))).toEqual(tally(keys));
    });
  });

  test('NGTDM adds up distances from the mean of the neighbours', () => {
    forEachRegion((region) => {
      const { grid } = gridOf(region);
      const both = [...offsets, ...offsets.map(([x, y, z]): Offset => [-x, -y, -z])];
      const expected = new Map([...grid.levels].map((level) => [level, 0]));
      for (const at of positions(region)) {
        const level = levelAt(region, ...at);
        const others = both
          .map((o) => levelAt(region, ...step(at, o)))
          .filter((other) => other > 0);
        const mean = others.reduce((sum, other) => sum + other, 0) / others.length;
        if (others.length > 0)
          expected.set(level, (expected.get(level) ?? 0) + Math.abs(level - mean));
      }
      const { differences } = toneDifferenceMatrix(grid, offsets);
      [...expected.values()].forEach((sum, rank) => expect(differences[rank]).toBeCloseTo(sum, 10));
    });
  });
});

describe.each([
  ['13 directions', ALL_13],
  ['12 directions', SOME_12],
])('with %s', (_, offsets) => {
  test('GLRLM counts runs, and has none where no line meets two voxels', () => {
    forEachRegion((region) => {
      const { grid, extent } = gridOf(region);
      [...runLengthMatrices(grid, offsets, extent)].forEach((matrix, direction) => {
        const offset = offsets[direction];
        const starts = positions(region).filter(
          (at) => levelAt(region, ...step(at, offset, -1)) !== levelAt(region, ...at),
        );
        const runs = starts.map((at) => {
          const level = levelAt(region, ...at);
          let length = 1;
          while (levelAt(region, ...step(at, offset, length)) === level) length++;
          return `${level} ${length}`;
        });
        const reach = Math.max(...region.size);
        const meets = positions(region).some((at) =>
          Array.from({ length: reach }, (_unused, k) =>
            levelAt(region, ...step(at, offset, k + 1)),
          ).some((level) => level > 0),
        );
        expect(cellsOf(matrix)).toEqual(meets ? tally(runs) : {});
      });
    });
  });

  test('GLSZM counts connected zones', () => {
    forEachRegion((region) => {
      const { grid } = gridOf(region);
      const both = [...offsets, ...offsets.map(([x, y, z]): Offset => [-x, -y, -z])];
      const todo = new Set(positions(region).map((at) => at.join(' ')));
      const zones: string[] = [];
      for (const start of positions(region)) {
        if (!todo.delete(start.join(' '))) continue;
        const zone = [start];
        const level = levelAt(region, ...start);
        for (const at of zone) {
          for (const offset of both) {
            const next = step(at, offset);
            if (levelAt(region, ...next) === level && todo.delete(next.join(' '))) zone.push(next);
          }
        }
        zones.push(`${level} ${zone.length}`);
      }
      expect(cellsOf(sizeZoneMatrix(grid, offsets))).toEqual(tally(zones));
    });
  });
});

test('the list of offsets here is that of the kernels', () => {
  expect(ALL_13).toHaveLength(13);
  expect(new Set([...ALL_13, ...OPPOSITE].map((o) => o.join(' '))).size).toBe(26);
});

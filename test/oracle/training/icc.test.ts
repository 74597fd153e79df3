import { intraclassCorrelation } from '../../../src/training/selection/icc';
import { expectClose } from '../survival/fixtures';

/** Shrout and Fleiss 1979, table 2: six targets, four judges; they print 0.29 and 0.71. */
const measured = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
];

test.each([
  ['ICC(2,1)', 0.289763779527559, 0.018786513374712, 0.761084369648953],
  ['ICC(3,1)', 0.714840714840715, 0.342464765033925, 0.945858259955359],
] as const)('%s and its limits as R gives them (icc.R)', (form, icc, low, high) => {
  const result = intraclassCorrelation(measured, form);
  expectClose(result.icc, icc);
  expectClose(result.interval[0], low);
  expectClose(result.interval[1], high);
});

test('measurements that repeat exactly agree entirely', () => {
  const result = intraclassCorrelation(
    [
      [1, 1],
      [2, 2],
      [5, 5],
    ],
    'ICC(2,1)',
  );
  expect(result).toEqual({ icc: 1, interval: [1, 1] });
});

test('a constant shift spoils agreement, not consistency', () => {
  const shifted = [
    [1, 3.1],
    [2, 3.9],
    [5, 7],
    [7, 9.1],
  ];
  expect(intraclassCorrelation(shifted, 'ICC(3,1)').icc).toBeGreaterThan(0.99);
  expect(intraclassCorrelation(shifted, 'ICC(2,1)').icc).toBeLessThan(0.9);
});

test('a feature that never varies has no correlation', () => {
  expect(
    intraclassCorrelation(
      [
        [4, 4],
        [4, 4],
        [4, 4],
      ],
      'ICC(3,1)',
    ).icc,
  ).toBeNaN();
});

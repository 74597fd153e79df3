import { rocArea, timeDependentRoc } from '../../../src/survival/timeDependentRoc';
import { timeDependentAuc } from '../../../src/survival/timeDependentAuc';
import { simulatedTable } from '../../fixtures/simulatedTable';

test.each([6, 12, 24, 36])('the area under the curve at %s months is the AUC', (months) => {
  const { data, columns } = simulatedTable({ patients: 90, columns: 2, effect: 0.7, seed: 9 });
  // Rounded, so that scores tie.
  const score = Array.from(columns[0], (value) => Math.round(value * 4) / 4);
  const area = rocArea(timeDependentRoc(data, score, months) ?? []);
  expect(area).toBeCloseTo(timeDependentAuc(data, score, months).auc, 12);
});

test('without a case there is no curve', () => {
  const data = { time: [5, 6, 7], event: [0, 1, 0] };
  expect(timeDependentRoc(data, [1, 2, 3], 4)).toBeNull();
});

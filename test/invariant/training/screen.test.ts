import { describeWithShared } from '../../shared';
import { univariable } from '../../../src/training/selection/screen';
import { fitCox } from '../../../src/survival/cox';
import { column, expectClose, readFixture } from '../../oracle/survival/fixtures';

describeWithShared('univariable screening', () => {
  test("is the Cox model's score test with Breslow ties", () => {
    const rows = readFixture('veteran.csv');
    const data = { time: column(rows, 'time'), event: column(rows, 'status') };
    const names = ['karno', 'age', 'diagtime'];
    const columns = names.map((name) => Float64Array.from(column(rows, name)));
    for (const { candidate, z } of univariable(data, columns)) {
      const fit = fitCox(data, [[...columns[candidate]]], [names[candidate]], 'breslow');
      expectClose(z * z, fit.tests.score, 1e-9);
    }
  });
});

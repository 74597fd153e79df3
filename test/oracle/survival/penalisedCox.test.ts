import { describeWithShared } from '../../shared';
import { fitPenalisedPath } from '../../../src/survival/penalisedCox';
import { PartialLikelihood } from '../../../src/survival/partialLikelihood';
import { column, expectClose, readFixture, valuesByName } from './fixtures';

describeWithShared('penalised Cox path against glmnet', () => {
  const train = readFixture('syn_train.csv');
  const data = { time: column(train, 'time'), event: column(train, 'status') };
  const scaling = readFixture('syn_zscore.csv');
  const covariates = scaling.map((row) =>
    Float64Array.from(
      column(train, row.feature),
      (value) => (value - Number(row.mean)) / Number(row.sd),
    ),
  );

  test.each([
    ['lasso', 1],
    ['enet05', 0.5],
  ])('%s', (tag, alpha) => {
    const path = fitPenalisedPath(data, covariates, { alpha });
    const { nullDeviance } = new PartialLikelihood(data);
    expectClose(nullDeviance, valuesByName(`syn_${tag}_nulldev.csv`).nulldev);
    const expected = readFixture(`syn_${tag}_path.csv`);
    expect(path.length).toBe(expected.length);
    expected.forEach((row, k) => {
      // glmnet multiplies its way down a hundred steps, each good to ten digits.
      expectClose(path[k].lambda, Number(row.lambda), 1e-8);
      expect(path[k].coefficients.size).toBe(Number(row.df));
      expectClose(path[k].devianceRatio, Number(row['dev.ratio']), 1e-6);
    });
    for (const row of readFixture(`syn_${tag}_coef.csv`)) {
      const j = scaling.findIndex((entry) => entry.feature === row.feature);
      for (const idx of [1, 5, 10, 20, 30, 40]) {
        const value = path[idx - 1].coefficients.get(j) ?? 0;
        // glmnet converges to about 1e-7 of the coefficients' scale.
        expect(Math.abs(value - Number(row[`lambda_idx${idx}`]))).toBeLessThan(1e-6);
      }
    }
  });
});

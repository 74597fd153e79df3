import type { ModelFeature } from '../../../src/model/schema';
import { scoreSignature } from '../../../src/signature/rprs';
import { describeWithShared } from '../../shared';
import { expectClose, readFixture } from '../survival/fixtures';
import { scored } from '../../fixtures/scored';

describeWithShared('the RPRS against R (z-scores times LASSO coefficients)', () => {
  const scaling = new Map(readFixture('syn_zscore.csv').map((row) => [row.feature, row]));
  const features = readFixture('syn_rprs_coef_lambda_min.csv').map(({ feature, coef }) => ({
    region: 'tumour',
    sequence: 'fsT2',
    feature,
    coefficient: Number(coef),
    mean: Number(scaling.get(feature)?.mean),
    sd: Number(scaling.get(feature)?.sd),
    range: [-Infinity, Infinity],
    imputed: null,
  })) satisfies ModelFeature[];

  it.each([
    ['syn_train.csv', 'syn_train_scores.csv'],
    ['syn_valid.csv', 'syn_valid_scores.csv'],
  ])('gives the score of each patient of %s', (patients, scores) => {
    const expected = readFixture(scores);
    readFixture(patients).forEach((row, i) => {
      const measured = features.map(({ feature }) => {
        const value = Number(row[feature]);
        return { value, harmonised: value };
      });
      expectClose(scored(scoreSignature(features, measured)).rprs, Number(expected[i].rprs), 1e-9);
    });
  });
});

import { describeWithShared } from '../../shared';
import { baselineHazard } from '../../../src/survival/baselineHazard';
import { brierCurve, integratedBrier } from '../../../src/survival/brier';
import { harrellC } from '../../../src/survival/concordance';
import { fitCox, linearPredictor, type Ties } from '../../../src/survival/cox';
import { bestLogRankCut, scanCutPoints } from '../../../src/survival/cutPoint';
import type { SurvivalData } from '../../../src/survival/data';
import { logRank } from '../../../src/survival/logRank';
import { column, expectClose, readFixture, valuesByName } from './fixtures';
import {
  coxRisk,
  expectAuc,
  expectBrier,
  expectContrast,
  nullRisk,
  type RiskModels,
} from './predictions';

describeWithShared('a frozen model on a validation cohort against R', () => {
  const outcome = (name: string): SurvivalData => {
    const rows = readFixture(name);
    return { time: column(rows, 'time'), event: column(rows, 'status') };
  };
  const training = outcome('syn_train.csv');
  const data = outcome('syn_valid.csv');
  const trained = readFixture('syn_train_scores.csv');
  const scored = readFixture('syn_valid_scores.csv');
  const predictor = column(scored, 'lp_centered');
  const models: RiskModels = {
    rprs: coxRisk(training, [column(trained, 'rprs')], [column(scored, 'rprs')]),
    nomogram: coxRisk(
      training,
      [column(trained, 'rprs'), column(trained, 'age')],
      [column(scored, 'rprs'), column(scored, 'age')],
    ),
    'Null model': nullRisk(data),
  };

  test('C-index of RPRS, nomogram and age in both cohorts', () => {
    for (const { set, model, C, se } of readFixture('syn_cindex.csv')) {
      const rows = set === 'train' ? trained : scored;
      const name = model === 'nomogram' ? 'lp_centered' : model;
      const result = harrellC(set === 'train' ? training : data, column(rows, name));
      expectClose(result.c, Number(C));
      expectClose(result.standardError, Number(se));
    }
  });

  test('AUC(t) and its contrasts', () => {
    for (const row of readFixture('syn_valid_tdAUC.csv')) expectAuc(data, models, row);
    for (const row of readFixture('syn_valid_tdAUC_contrasts.csv')) {
      expectContrast(data, models, row);
    }
  });

  test('Brier scores with their intervals', () => {
    for (const row of readFixture('syn_valid_brier.csv')) expectBrier(data, models, row);
  });

  test('prediction error curves and the integrated Brier score', () => {
    const rows = readFixture('syn_valid_brier_curve.csv');
    const times = column(rows, 'time');
    const expected = readFixture('syn_valid_ibs.csv');
    for (const [model, name, integral] of [
      ['Null model', 'KM_valid', 'Reference'],
      ['nomogram', 'nomogram', 'nomogram'],
    ]) {
      const curve = brierCurve(data, models[model], times);
      column(rows, name).forEach((value, k) => expectClose(curve[k], value));
      const row = expected.find((candidate) => candidate.model === integral);
      expectClose(integratedBrier(times, curve), Number(row?.IBS_0_36));
    }
  });

  test('calibration slope', () => {
    const expected = valuesByName('syn_valid_calslope.csv');
    const fit = fitCox(data, [predictor], ['predictor'], 'efron');
    expectClose(fit.coefficients[0], expected.calibration_slope_valid);
    expectClose(fit.standardErrors[0], expected.se);
  });

  test("groups by the training cohort's cut", () => {
    const expected = valuesByName('syn_cut_summary.csv');
    const best = bestLogRankCut(scanCutPoints(training, column(trained, 'lp_centered')));
    const high = predictor.map((value) => (value > best.cut ? 1 : 0));
    expectClose(logRank(data, high).chiSquared, expected.valid_chisq_at_cut);
    expect(high.filter((value) => value === 1)).toHaveLength(expected.valid_n_high);
    expectClose(best.statistic, expected.chisq);
  });
});

describeWithShared('predictions of a Cox model for new patients against R', () => {
  const veteran = readFixture('veteran.csv');
  const data = { time: column(veteran, 'time'), event: column(veteran, 'status') };
  const covariates = [column(veteran, 'karno'), column(veteran, 'age')];
  const patients = readFixture('veteran_pred_karno_age.csv');

  test.each<Ties>(['breslow', 'efron'])('%s', (ties) => {
    const fit = fitCox(data, covariates, ['karno', 'age'], ties);
    for (const row of readFixture('veteran_karno_age_coef.csv')) {
      if (row.ties !== ties) continue;
      expectClose(fit.coefficients[['karno', 'age'].indexOf(row.term)], Number(row.coef));
    }
    const hazard = baselineHazard(data, linearPredictor(fit.coefficients, covariates), ties);
    const centre = fit.coefficients.reduce((sum, value, j) => sum + value * fit.means[j], 0);
    for (const row of patients) {
      const [predictor] = linearPredictor(fit.coefficients, [
        [Number(row.karno)],
        [Number(row.age)],
      ]);
      if (ties === 'breslow') {
        expectClose(predictor, Number(row.lp_breslow));
        expectClose(predictor - centre, Number(row.lp_centered_breslow));
      }
      for (const time of [30, 90, 180, 365]) {
        const step = hazard.time.findLastIndex((other) => other <= time);
        const survival = Math.exp(-hazard.cumulativeHazard[step] * Math.exp(predictor));
        expectClose(survival, Number(row[`S_${ties}_${time}`]));
      }
    }
  });
});

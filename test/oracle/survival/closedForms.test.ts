import { describeWithShared } from '../../shared';
import { integratedBrier } from '../../../src/survival/brier';
import { calibration } from '../../../src/survival/calibration';
import {
  bestLogRankCut,
  maximallySelectedCut,
  scanCutPoints,
} from '../../../src/survival/cutPoint';
import { decisionCurve } from '../../../src/survival/decisionCurve';
import { delong } from '../../../src/survival/delong';
import {
  coxSurvivalModel,
  kaplanMeierModel,
  predictionError,
} from '../../../src/survival/predictionError';
import { column, expectClose, readFixture, valuesByName } from './fixtures';

describeWithShared('prediction error with the .632+ bootstrap against pec', () => {
  const veteran = readFixture('veteran.csv');
  const data = { time: column(veteran, 'time'), event: column(veteran, 'status') };
  const curves = readFixture('veteran_pec_curves.csv');
  const times = column(curves, 'time');
  const index = readFixture('veteran_pec_bootindex_1based.csv');
  const resamples = Object.keys(index[0]).map((name) => column(index, name).map((row) => row - 1));

  test.each([
    [
      'cox',
      'cox',
      coxSurvivalModel(
        data,
        [column(veteran, 'karno'), column(veteran, 'age')],
        ['karno', 'age'],
        times,
      ),
    ],
    ['KM', 'Reference', kaplanMeierModel(data, times)],
  ])('%s', (suffix, name, model) => {
    const errors = predictionError(data, model, times, resamples);
    curves.forEach((row, k) => {
      expectClose(errors.apparent[k], Number(row[`AppErr_${suffix}`]));
      expectClose(errors.bootstrap[k], Number(row[`BootCvErr_${suffix}`]));
      expectClose(errors.noInformation[k], Number(row[`NoInfErr_${suffix}`]));
      expectClose(errors.boot632plus[k], Number(row[`Boot632plusErr_${suffix}`]));
    });
    const row = readFixture('veteran_pec_ibs_0_360.csv').find((entry) => entry.model === name);
    if (row) expectClose(integratedBrier(times, errors.boot632plus), Number(row.Boot632plusErr));
  });
});

describeWithShared('closed forms against R', () => {
  const train = readFixture('syn_train.csv');
  const data = { time: column(train, 'time'), event: column(train, 'status') };
  const scores = readFixture('syn_train_scores.csv');
  const predictor = column(scores, 'lp_centered');

  test('DeLong', () => {
    const rows = readFixture('delong_input.csv');
    const expected = valuesByName('delong_expected.csv');
    const result = delong(column(rows, 'y'), [column(rows, 'score1'), column(rows, 'score2')]);
    expectClose(result.auc[0], expected.auc1);
    expectClose(result.auc[1], expected.auc2);
    expectClose(result.variance[0], expected.var1);
    expectClose(result.variance[1], expected.var2);
    expectClose(result.covariance, expected.cov);
    expectClose(result.z, expected.z);
    expectClose(result.p, expected.p);
  });

  test('decision curve', () => {
    const expected = readFixture('syn_train_dca24.csv');
    const curve = decisionCurve(data, column(scores, 'risk24'), 24, column(expected, 'threshold'));
    expected.forEach((row, k) => {
      expectClose(curve[k].model, Number(row.nb_model));
      expectClose(curve[k].all, Number(row.nb_all));
    });
  });

  test('calibration in tertiles', () => {
    const groups = calibration(data, column(scores, 'risk24'), 24, 3);
    readFixture('syn_train_calibration24.csv').forEach((row, k) => {
      expect(groups[k].rows).toBe(Number(row.n));
      expectClose(groups[k].meanPredicted, Number(row.mean_pred));
      expectClose(groups[k].observed, Number(row.obs));
      if (groups[k].interval) {
        expectClose(groups[k].interval[0], Number(row.lo));
        expectClose(groups[k].interval[1], Number(row.hi));
      } else expect(Number(row.obs)).toBe(0);
    });
  });

  test('cut-points by both criteria', () => {
    const candidates = scanCutPoints(data, predictor);
    const expected = readFixture('syn_train_cutscan.csv');
    expect(candidates.length).toBe(expected.length);
    expected.forEach((row, k) => {
      expectClose(candidates[k].cut, Number(row.cut));
      expect(candidates[k].high).toBe(Number(row.n_high));
      expectClose(candidates[k].chiSquared, Number(row.chisq));
    });
    const summary = valuesByName('syn_cut_summary.csv');
    expectClose(bestLogRankCut(candidates).cut, summary.best_cut_logrank);
    const selected = maximallySelectedCut(data, predictor);
    expectClose(selected.cut, summary.maxstat_cut);
    expectClose(selected.statistic, summary.maxstat_stat);
    expectClose(selected.p, summary.maxstat_p_Lau94, 1e-6);
  });
});

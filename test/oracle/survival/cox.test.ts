import { describeWithShared } from '../../shared';
import { baselineHazard } from '../../../src/survival/baselineHazard';
import { harrellC, unoC } from '../../../src/survival/concordance';
import { fitCox, linearPredictor, type Ties } from '../../../src/survival/cox';
import { kaplanMeier, survivalInterval } from '../../../src/survival/kaplanMeier';
import { logRank } from '../../../src/survival/logRank';
import { column, expectClose, readFixture, valuesByName } from './fixtures';

const TIES: readonly Ties[] = ['efron', 'breslow'];

describeWithShared('survival statistics against R', () => {
  const veteran = readFixture('veteran.csv');
  const data = { time: column(veteran, 'time'), event: column(veteran, 'status') };
  const covariate = (name: string): number[] => column(veteran, name);

  test.each(TIES)('Cox coefficients, errors and tests (%s)', (ties) => {
    const rows = readFixture('veteran_cox_coef.csv').filter((row) => row.ties === ties);
    const names = rows.map((row) => row.term);
    const fit = fitCox(data, names.map(covariate), names, ties);
    rows.forEach((row, j) => {
      expectClose(fit.coefficients[j], Number(row.coef));
      expectClose(fit.standardErrors[j], Number(row.se));
      expectClose(fit.means[j], Number(row.mean));
    });
    const summary = readFixture('veteran_cox_summary.csv').find((row) => row.ties === ties);
    if (!summary) throw new Error('fixture lacks the summary');
    expectClose(fit.logLikelihood.null, Number(summary.loglik0));
    expectClose(fit.logLikelihood.model, Number(summary.loglik1));
    expectClose(fit.tests.likelihoodRatio, Number(summary.LR));
    // R's summary rounds the Wald statistic to two decimals.
    expect(Math.abs(fit.tests.wald - Number(summary.wald))).toBeLessThanOrEqual(0.005);
    expectClose(fit.tests.score, Number(summary.score));
    const c = harrellC(data, linearPredictor(fit.coefficients, names.map(covariate)));
    expectClose(c.c, Number(summary.C));
    expectClose(c.standardError, Number(summary.C_se));
    expectClose(c.interval[0], Number(summary.C_lo));
    expectClose(c.interval[1], Number(summary.C_hi));
    expect(c.concordant).toBe(Number(summary.concordant));
    expect(c.discordant).toBe(Number(summary.discordant));
    expect(c.tiedScore).toBe(Number(summary.tied_x));
  });

  test.each(TIES)('uncentred baseline hazard (%s)', (ties) => {
    const covariates = [covariate('karno'), covariate('age')];
    const fit = fitCox(data, covariates, ['karno', 'age'], ties);
    const hazard = baselineHazard(data, linearPredictor(fit.coefficients, covariates), ties);
    const rows = readFixture('veteran_basehaz_karno_age.csv');
    expect(hazard.time).toEqual(column(rows, 'time'));
    column(rows, `H0_${ties}`).forEach((expected, k) =>
      expectClose(hazard.cumulativeHazard[k], expected),
    );
  });

  test('Kaplan-Meier with Greenwood errors and both intervals', () => {
    const curve = kaplanMeier(data);
    readFixture('veteran_km.csv').forEach((row, k) => {
      expect(curve.time[k]).toBe(Number(row.time));
      expect(curve.atRisk[k]).toBe(Number(row['n.risk']));
      expect(curve.events[k]).toBe(Number(row['n.event']));
      expectClose(curve.survival[k], Number(row.surv));
      // The last step reaches 0: R prints Inf and NA there.
      if (curve.survival[k] === 0) return;
      expectClose(curve.standardErrorLog[k], Number(row.se_logS));
      const log = survivalInterval(curve, k, 'log');
      expectClose(log[0], Number(row.lo_log));
      expectClose(log[1], Number(row.hi_log));
      const loglog = survivalInterval(curve, k, 'log-log');
      expectClose(loglog[0], Number(row.lo_loglog));
      expectClose(loglog[1], Number(row.hi_loglog));
    });
  });

  test('log-rank of two and of four groups', () => {
    const rows = readFixture('veteran_logrank.csv');
    for (const name of ['trt', 'celltype']) {
      const row = rows.find((candidate) => candidate.test === name);
      const result = logRank(data, covariate(name));
      expectClose(result.chiSquared, Number(row?.chisq));
      expectClose(result.p, Number(row?.p));
      expect(result.observed).toEqual(row?.obs.split(';').map(Number));
    }
  });

  test("Uno's C", () => {
    const covariates = [covariate('karno'), covariate('age')];
    const fit = fitCox(data, covariates, ['karno', 'age'], 'efron');
    const expected = valuesByName('veteran_unoC.csv');
    const uno = unoC(data, linearPredictor(fit.coefficients, covariates), 365);
    expectClose(uno.c, expected.uno_C_tau365);
    expectClose(uno.standardError, expected.se);
  });
});

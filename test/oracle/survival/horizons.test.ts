import { describeWithShared } from '../../shared';
import { baselineHazard } from '../../../src/survival/baselineHazard';
import { brierScore, integratedBrier } from '../../../src/survival/brier';
import { fitCox, linearPredictor } from '../../../src/survival/cox';
import { kaplanMeier, survivalAt } from '../../../src/survival/kaplanMeier';
import { compareAuc, timeDependentAuc } from '../../../src/survival/timeDependentAuc';
import { column, expectClose, readFixture } from './fixtures';

describeWithShared('AUC(t) and Brier score against riskRegression and pec', () => {
  const veteran = readFixture('veteran.csv');
  const data = { time: column(veteran, 'time'), event: column(veteran, 'status') };
  const risksAt = (names: readonly string[]): ((horizon: number) => number[]) => {
    const covariates = names.map((name) => column(veteran, name));
    const fit = fitCox(data, covariates, names, 'efron');
    const lp = linearPredictor(fit.coefficients, covariates);
    const hazard = baselineHazard(data, lp, 'efron');
    return (horizon) => {
      const step = hazard.time.findLastIndex((time) => time <= horizon);
      const cumulative = step < 0 ? 0 : hazard.cumulativeHazard[step];
      return lp.map((value) => 1 - Math.exp(-cumulative * Math.exp(value)));
    };
  };
  const models: Readonly<Record<string, (horizon: number) => number[]>> = {
    karno_age: risksAt(['karno', 'age']),
    age: risksAt(['age']),
    'Null model': (horizon) => {
      const risk = 1 - survivalAt(kaplanMeier(data), horizon);
      return data.time.map(() => risk);
    },
  };

  test('AUC with influence-function intervals', () => {
    for (const row of readFixture('veteran_tdAUC.csv')) {
      const horizon = Number(row.times);
      const result = timeDependentAuc(data, models[row.model](horizon), horizon);
      expectClose(result.auc, Number(row.AUC));
      expectClose(result.standardError, Number(row.se));
      expectClose(result.interval[0], Number(row.lower));
      expectClose(result.interval[1], Number(row.upper));
    }
  });

  test('differences of AUCs', () => {
    for (const row of readFixture('veteran_tdAUC_contrasts.csv')) {
      const horizon = Number(row.times);
      const contrast = compareAuc(
        timeDependentAuc(data, models[row.model](horizon), horizon),
        timeDependentAuc(data, models[row.reference](horizon), horizon),
      );
      expectClose(contrast.difference, Number(row['delta.AUC']));
      expectClose(contrast.standardError, Number(row.se));
      // 1e-6 of p: it is far out in the tail.
      expectClose(contrast.p, Number(row.p), 1e-6);
    }
  });

  test('Brier score with influence-function errors', () => {
    for (const row of readFixture('veteran_brier.csv')) {
      const horizon = Number(row.times);
      const result = brierScore(data, models[row.model](horizon), horizon);
      expectClose(result.brier, Number(row.Brier));
      expectClose(result.standardError, Number(row.se));
    }
  });

  test('integrated Brier score on the exact grid', () => {
    const grid = [0, ...new Set(data.time.filter((time) => time <= 365))].sort((a, b) => a - b);
    const expected = readFixture('veteran_ibs_exact.csv');
    for (const [model, name] of [
      ['Null model', 'Reference'],
      ['karno_age', 'cox'],
    ]) {
      const scores = grid.map((time) => brierScore(data, models[model](time), time).brier);
      const row = expected.find((candidate) => candidate.model === name);
      expectClose(integratedBrier([...grid], scores), Number(row?.IBS_exact_0_365));
    }
  });
});

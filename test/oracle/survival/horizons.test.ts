import { describeWithShared } from '../../shared';
import { brierScore, integratedBrier } from '../../../src/survival/brier';
import { column, expectClose, readFixture } from './fixtures';
import {
  coxRisk,
  expectAuc,
  expectBrier,
  expectContrast,
  nullRisk,
  type RiskModels,
} from './predictions';

describeWithShared('AUC(t) and Brier score against riskRegression and pec', () => {
  const veteran = readFixture('veteran.csv');
  const data = { time: column(veteran, 'time'), event: column(veteran, 'status') };
  const risksAt = (...names: string[]) =>
    coxRisk(
      data,
      names.map((name) => column(veteran, name)),
    );
  const models: RiskModels = {
    karno_age: risksAt('karno', 'age'),
    age: risksAt('age'),
    'Null model': nullRisk(data),
  };

  test('AUC with influence-function intervals', () => {
    for (const row of readFixture('veteran_tdAUC.csv')) expectAuc(data, models, row);
  });

  test('differences of AUCs', () => {
    // 1e-6 of p: it is far out in the tail.
    for (const row of readFixture('veteran_tdAUC_contrasts.csv')) {
      expectContrast(data, models, row, 1e-6);
    }
  });

  test('Brier score with influence-function errors', () => {
    for (const row of readFixture('veteran_brier.csv')) expectBrier(data, models, row);
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

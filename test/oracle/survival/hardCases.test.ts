import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { baselineHazard } from '../../../src/survival/baselineHazard';
import { harrellC } from '../../../src/survival/concordance';
import { fitCox, linearPredictor, type Ties } from '../../../src/survival/cox';
import { maximallySelectedCut } from '../../../src/survival/cutPoint';
import { evaluateScore } from '../../../src/survival/evaluateScore';
import { expectClose } from './fixtures';

/** Ties in time and score, no and heavy censoring, 15 rows: `hardCases/make.R` says what R gives. */
const folder = fileURLToPath(new URL('./hardCases', import.meta.url));
const lines = (file: string): string[][] =>
  readFileSync(path.join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

const rows = lines('tables.csv').map((line) => line.map(Number));
const expected = lines('expected.csv');

function tableOf(id: number) {
  const own = rows.filter(([table]) => table === id);
  const column = (j: number): number[] => own.map((row) => row[j]);
  return {
    data: { time: column(1), event: column(2) },
    covariates: [column(3), column(4), column(5)],
    score: column(6),
  };
}

/** All values of one name, in order. */
function listOf(id: number, key: string): number[] {
  return expected
    .filter(([table, name]) => Number(table) === id && name === key)
    .map(([, , value]) => Number(value));
}

const TABLES = [...new Set(rows.map(([table]) => table))];
const NAMES = ['x1', 'x2', 'x3'];
const TIES: readonly Ties[] = ['efron', 'breslow'];

describe.each(TABLES)('table %i', (id) => {
  const { data, covariates, score } = tableOf(id);
  const one = (key: string): number => listOf(id, key)[0];
  const evaluation = evaluateScore(data, score, {
    horizons: listOf(id, 'horizon'),
    tau: Math.max(...listOf(id, 'horizon')),
    cut: one('cut'),
  });

  test.each(TIES)('Cox model with %s ties', (ties) => {
    const fit = fitCox(data, covariates, NAMES, ties);
    NAMES.forEach((name, j) => {
      expectClose(fit.coefficients[j], one(`${ties}.coef.${name}`));
      expectClose(fit.standardErrors[j], one(`${ties}.se.${name}`));
      expectClose(Math.sqrt(fit.covariance[j][j]), fit.standardErrors[j]);
    });
    expectClose(fit.logLikelihood.null, one(`${ties}.ll0`));
    expectClose(fit.logLikelihood.model, one(`${ties}.ll1`));
    expectClose(fit.tests.score, one(`${ties}.score`));
    expectClose(fit.tests.wald, one(`${ties}.wald`));
    const predictor = linearPredictor(fit.coefficients, covariates);
    const c = harrellC(data, predictor);
    expectClose(c.c, one(`${ties}.c`));
    expectClose(c.standardError, one(`${ties}.cse`));
    const hazard = baselineHazard(data, predictor, ties);
    expectClose(hazard.cumulativeHazard.at(-1) ?? NaN, one(`${ties}.h0`));
  });

  test('concordance and calibration slope', () => {
    const { harrell, uno, calibrationSlope, medianFollowUp } = evaluation;
    expectClose(harrell.c, one('c'));
    expectClose(harrell.standardError, one('cse'));
    expect([harrell.concordant, harrell.discordant, harrell.tiedScore]).toEqual(
      ['concordant', 'discordant', 'tied.x'].map(one),
    );
    expectClose(uno.c, one('uno'));
    expectClose(uno.standardError, one('unose'));
    expectClose(calibrationSlope?.slope ?? NaN, one('slope'));
    expectClose(calibrationSlope?.standardError ?? NaN, one('slopese'));
    const followUp = one('followup');
    if (Number.isFinite(followUp)) expect(medianFollowUp).toBe(followUp);
    else expect(medianFollowUp).toBeNull();
  });

  test('AUC(t), Brier scores and their integral', () => {
    evaluation.horizons.forEach((entry, h) => {
      expectClose(entry.auc ?? NaN, listOf(id, 'auc')[h]);
      expectClose(entry.aucStandardError ?? NaN, listOf(id, 'aucse')[h]);
      expectClose(entry.brier ?? NaN, listOf(id, 'brier')[h]);
      expectClose(entry.brierStandardError ?? NaN, listOf(id, 'brierse')[h]);
      expectClose(entry.brierKaplanMeier ?? NaN, listOf(id, 'brierkm')[h]);
    });
    expectClose(evaluation.integratedBrier?.score ?? NaN, one('ibs.cox'));
    expectClose(evaluation.integratedBrier?.kaplanMeier ?? NaN, one('ibs.km'));
  });

  test('two groups', () => {
    const { groups } = evaluation;
    if (!groups) throw new Error('no groups');
    expectClose(groups.chiSquared, one('logrank'));
    expectClose(groups.groups[0].expectedEvents, one('expected'));
    for (const [g, key] of ['median.low', 'median.high'].entries()) {
      const median = one(key);
      expect(groups.groups[g].median).toEqual(Number.isNaN(median) ? null : median);
    }
    const [first] = groups.groups[0].survival;
    expectClose(first.survival ?? NaN, one('km'));
    expectClose(first.standardError ?? NaN, one('kmse'));
  });

  test('maximally selected cut', () => {
    const cut = maximallySelectedCut(data, score);
    expectClose(cut.cut, one('maxstat.cut'));
    expectClose(cut.statistic, one('maxstat'));
    // R takes 1 - pnorm, which leaves nine digits of a small p.
    expectClose(cut.p, one('maxstat.p'), 1e-6);
  });
});

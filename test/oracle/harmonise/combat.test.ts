import { describeWithShared } from '../../shared';
import {
  applyCombat,
  calibrateBatch,
  fitCombat,
  type CombatVariant,
} from '../../../src/harmonise/fitCombat';
import { expectClose, readFixture } from '../survival/fixtures';

describeWithShared('ComBat against R sva', () => {
  const rows = readFixture('combat_input.csv');
  const features = Object.keys(rows[0]).filter((name) => /^f\d/.test(name));
  const values = rows.map((row) => features.map((name) => Number(row[name])));
  const columns = features.map((name) => Float64Array.from(rows, (row) => Number(row[name])));
  const batch = rows.map((row) => row.batch);
  const age = rows.map((row) => [Number(row.cov)]);

  test.each<[string, CombatVariant, string | null, boolean]>([
    ['combat_param', 'eb', null, false],
    ['combat_nonparam', 'nonparametric', null, false],
    ['combat_meanonly', 'meanOnly', null, false],
    ['combat_param_mod', 'eb', null, true],
    ['combat_param_refA', 'eb', 'A', false],
    ['combat_param_mod_refA', 'eb', 'A', true],
  ])('%s', (fixture, variant, referenceBatch, withCovariate) => {
    const input = withCovariate ? { columns, batch, covariates: age } : { columns, batch };
    const fit = fitCombat(input, { variant, referenceBatch });
    readFixture(`${fixture}.csv`).forEach((expected, row) => {
      const actual = applyCombat(fit, values[row], batch[row], withCovariate ? age[row] : []);
      // Iterated to 1e-4 in the same steps as sva, so the results agree to rounding.
      features.forEach((name, g) => expectClose(actual[g], Number(expected[name]), 1e-9));
    });
  });

  test('a batch that is added to a frozen reference gets what fitting all together gives', () => {
    const rowsOf = (...names: string[]): number[] =>
      batch.flatMap((name, row) => (names.includes(name) ? [row] : []));
    const part = (wanted: readonly number[]): Float64Array[] =>
      columns.map((values) => Float64Array.from(wanted, (row) => values[row]));
    const first = rowsOf('A', 'B');
    const fit = fitCombat(
      { columns: part(first), batch: first.map((row) => batch[row]) },
      { variant: 'eb', referenceBatch: 'A' },
    );
    const added = calibrateBatch(fit, 'C', { columns: part(rowsOf('C')) }, 'eb');
    const extended = { ...fit, batches: { ...fit.batches, C: added } };
    readFixture('combat_param_refA.csv').forEach((expected, row) => {
      const actual = applyCombat(extended, values[row], batch[row]);
      features.forEach((name, g) => expectClose(actual[g], Number(expected[name]), 1e-9));
    });
  });
});

import { describeWithShared } from '../../shared';
import { applyCombat, fitCombat, type CombatVariant } from '../../../src/harmonise/fitCombat';
import { expectClose, readFixture } from '../survival/fixtures';

describeWithShared('ComBat against R sva', () => {
  const rows = readFixture('combat_input.csv');
  const features = Object.keys(rows[0]).filter((name) => /^f\d/.test(name));
  const values = rows.map((row) => features.map((name) => Number(row[name])));
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
    const input = withCovariate ? { values, batch, covariates: age } : { values, batch };
    const fit = fitCombat(input, { variant, referenceBatch });
    readFixture(`${fixture}.csv`).forEach((expected, row) => {
      const actual = applyCombat(fit, values[row], batch[row], withCovariate ? age[row] : []);
      // Iterated to 1e-4 in the same steps as sva, so the results agree to rounding.
      features.forEach((name, g) => expectClose(actual[g], Number(expected[name]), 1e-9));
    });
  });
});

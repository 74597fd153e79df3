import { effectRange, pointsPerUnit, readNomogram } from '../../../src/nomogram/nomogram';
import type { Model } from '../../../src/model/schema';
import { describeWithShared } from '../../shared';
import { column, expectClose, readFixture, valuesByName } from '../survival/fixtures';

/** The model of `make_fixtures.R`: cph/coxph (Efron) on RPRS and age, axes as given to rms::nomogram. */
function fixtureModel(): Pick<Model, 'nomogram' | 'riskGroup'> {
  const parameters = valuesByName('syn_nomogram_params.csv');
  const hazard = readFixture('syn_basehaz_efron_uncentered.csv');
  const [rprs, age] = [parameters.coef_rprs, parameters.coef_age];
  return {
    nomogram: {
      covariates: [
        { name: 'rprs', label: 'RPRS', unit: '', coefficient: rprs, axis: [-3, 2] },
        { name: 'age', label: 'Age', unit: 'years', coefficient: age, axis: [10, 90] },
      ],
      centre: parameters.cph_center,
      ties: 'efron',
      // The fixture's hazard belongs to LP 0 uncentred; ours to the centred LP 0.
      baselineHazard: hazard.map((row) => ({
        months: Number(row.time),
        cumulativeHazard: Number(row.hazard) * Math.exp(parameters.cph_center),
      })),
      horizonsMonths: [24],
      followUpMonths: 60,
    },
    riskGroup: { cutoff: 0.5, scale: 'linearPredictor', origin: '' },
  };
}

describeWithShared('the nomogram against rms::nomogram and survival::survfit', () => {
  it('scales its axes as rms does', () => {
    const { nomogram } = fixtureModel();
    const parameters = valuesByName('syn_nomogram_params.csv');
    expectClose(pointsPerUnit(nomogram), parameters.nomogram_sc_points_per_lp);
    const [rprs, age] = nomogram.covariates.map(effectRange);
    expectClose(rprs[0], parameters.R_rprs_min);
    expectClose(rprs[1], parameters.R_rprs_max);
    expectClose(age[0], parameters.R_age_min);
    expectClose(age[1], parameters.R_age_max);
  });

  it('gives the points of every tick of the axes', () => {
    const model = fixtureModel();
    for (const { axis, value, points } of readFixture('syn_nomogram_points.csv')) {
      const values = { rprs: -3, age: 10, [axis]: Number(value) };
      const reading = readNomogram(model, values).points.find(
        ({ covariate }) => covariate === axis,
      );
      expect(reading?.points).toBeCloseTo(Number(points), 9);
    }
  });

  it.each(['syn_train_scores.csv', 'syn_valid_scores.csv'])(
    'gives linear predictor, total points and 24-month risk of each patient of %s',
    (file) => {
      const model = fixtureModel();
      for (const row of readFixture(file)) {
        const reading = readNomogram(model, { rprs: Number(row.rprs), age: Number(row.age) });
        expectClose(reading.linearPredictor, Number(row.lp_centered));
        expectClose(reading.totalPoints, Number(row.total_points));
        expectClose(reading.risks[0].risk, Number(row.risk24));
        expect(reading.group).toBe(Number(row.lp_centered) > 0.5 ? 'high' : 'low');
      }
    },
  );

  it('agrees with the axis from total points to survival', () => {
    const { nomogram } = fixtureModel();
    const parameters = valuesByName('syn_nomogram_params.csv');
    const hazard24 = nomogram.baselineHazard.findLast(({ months }) => months <= 24);
    const rows = readFixture('syn_nomogram_prob_axis.csv').filter(({ axis }) => axis === 'PFS24');
    expect(rows.length).toBeGreaterThan(5);
    const survival = column(rows, 'label');
    column(rows, 'total_points').forEach((total, i) => {
      // rms finds these totals by linear interpolation along its axis: good to four digits.
      const lp = parameters.nomogram_Intercept + total / pointsPerUnit(nomogram);
      expect(Math.exp(-(hazard24?.cumulativeHazard ?? NaN) * Math.exp(lp))).toBeCloseTo(
        survival[i],
        4,
      );
    });
  });
});

import { renderToStaticMarkup } from 'react-dom/server';
import { RiskCharts } from '../../../extension/src/panels/HabitatPanel/RiskCharts';
import type { Model } from '../../../src/model/schema';
import { demoModel } from './demoModel';
import { scriptedResult } from './scriptedRun';
import { scored } from '../../fixtures/scored';

const group = (name: 'low' | 'high', survival: number) => ({
  group: name,
  patients: 60,
  events: 20,
  medianMonths: null,
  followUpMonths: 60,
  steps: [12, 24, 36].map((months, i) => ({
    months,
    survival: survival ** (i + 1),
    low: survival ** (i + 1) - 0.1,
    high: survival ** (i + 1) + 0.05,
  })),
  atRisk: [0, 12, 24, 36].map((months, i) => ({ months, patients: 60 - 12 * i })),
});
const performance: NonNullable<Model['performance']> = {
  cIndex: { apparent: 0.7, corrected: 0.65, correctedInterval: [0.6, 0.7] },
  integratedBrier: { boot632plus: 0.15, kaplanMeier: 0.2 },
  calibration: [],
  groups: [group('low', 0.9), group('high', 0.7)],
  logRankP: 0.001,
};
const charts = (model: Model): string =>
  renderToStaticMarkup(<RiskCharts prognosis={scored(scriptedResult().prognosis)} model={model} />);

describe('the charts of a result', () => {
  it('show the patient’s points on the nomogram, also as a table', () => {
    const html = charts(demoModel());
    expect(html).toMatch(
      /<desc[^>]*>RPRS 0\.842: 61 points; Age 26: 8 points; 69 points in total\./,
    );
    expect(html).toContain(
      '<th scope="row">This patient: RPRS</th><td>0.842: 61 points</td><td>61.0</td>',
    );
    expect(html).toContain('<th scope="row">This patient: 24-month risk</th><td>38.6 %</td>');
  });

  it('compare the patient with the risk groups of the training', () => {
    const html = charts(demoModel({ performance }));
    expect(html).toContain('Training patients by risk group');
    expect(html).toContain('high risk (60 patients)');
    expect(html).toMatch(/this patient, by the nomogram<\/th><td><\/td><td>79 %<\/td>/);
  });

  it('show only predictions where the model file has no curves', () => {
    const html = charts(demoModel());
    expect(html).toContain('The model file holds no observed curves');
    expect(html).not.toContain('Training patients by risk group');
  });
});

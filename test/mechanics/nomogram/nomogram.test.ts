import { cumulativeHazardAt, riskAt } from '../../../src/nomogram/cox';
import { readNomogram } from '../../../src/nomogram/nomogram';
import { exampleModel } from '../../fixtures/exampleModel';

const model = exampleModel();
const steps = model.nomogram.baselineHazard;

describe('the baseline hazard', () => {
  it.each([
    [0, 0],
    [5.99, 0],
    [6, 0.1],
    [23.9, 0.25],
    [24, 0.5],
    [100, 0.5],
  ])('at %s months is %s', (months, hazard) => {
    expect(cumulativeHazardAt(steps, months)).toBe(hazard);
  });

  it('keeps small risks exact', () => {
    expect(riskAt([{ months: 1, cumulativeHazard: 1e-18 }], 0, 1)).toBe(1e-18);
  });
});

describe('the nomogram', () => {
  it('reverses the axis of a protective covariate', () => {
    const [rprs, age] = model.nomogram.covariates;
    const protective = { ...age, coefficient: -0.01 };
    const nomogram = { ...model.nomogram, covariates: [rprs, protective] };
    const points = (years: number): number =>
      readNomogram({ ...model, nomogram }, { rprs: 0, age: years }).points[1].points;
    expect(points(90)).toBeCloseTo(0, 12);
    expect(points(20)).toBeGreaterThan(points(50));
  });

  it.each([
    [{ rprs: 0, age: 15 }, ['AGE_OUT_OF_RANGE']],
    [{ rprs: 2.1, age: 50 }, ['RPRS_OUT_OF_RANGE']],
    [{ rprs: 2, age: 90 }, []],
  ])('flags %j as %j', (values, codes) => {
    expect(readNomogram(model, values).flags.map(({ code }) => code)).toEqual(codes);
  });

  it('flags a horizon beyond the follow-up', () => {
    const nomogram = { ...model.nomogram, followUpMonths: 18 };
    const { flags } = readNomogram({ ...model, nomogram }, { rprs: 0, age: 50 });
    expect(flags.map(({ message }) => message)).toEqual([
      'The risk at 24 months lies beyond the follow-up of the training patients (18 months).',
    ]);
  });

  it.each([
    ['rprs', 0.2, 'high'],
    ['rprs', 0.1, 'low'],
    ['linearPredictor', 0.2, 'low'],
  ] as const)('puts a patient into a group on the scale %s', (scale, rprs, group) => {
    const riskGroup = { cutoff: 0.1, scale, origin: '' };
    expect(readNomogram({ ...model, riskGroup }, { rprs, age: 30 }).group).toBe(group);
  });
});

import { parseModel } from '../../../src/model/parseModel';
import { trainingGroupCurves } from '../../../src/report/modelPerformance';
import { runCommand } from '../cli/capture';
import { CohortFolder } from './cohortFolder';

const SMALL = { patients: 70, effect: 1.2, seed: 1, texturesPerRegion: 4 };
const VALID = { ...SMALL, patients: 50, seed: 2, prefix: 'V' };

describe('a trained model', () => {
  const cohort = new CohortFolder(SMALL);
  const others = new CohortFolder(VALID);

  beforeAll(async () => {
    const outcome = await cohort.train({ name: 'Ring study' });
    expect(outcome.stderr).toBe('');
  }, 600_000);

  test('is a model file that the viewer accepts', () => {
    const model = parseModel(JSON.parse(cohort.read('model.json')));
    expect(model.name).toBe('Ring study');
    expect(model.status).toBe('trained');
    expect(model.training.patients).toBe(70);
    expect(model.features.length).toBeGreaterThan(0);
    expect(model.combat?.batches['B'].gamma).toHaveLength(model.features.length);
    expect(model.nomogram.horizonsMonths).toEqual([12, 24, 36]);
    expect(model.riskGroup.origin).toContain('corrected for the search');
  });

  test('carries what the viewer shows of its training, and no patient', () => {
    const model = parseModel(JSON.parse(cohort.read('model.json')));
    const { performance } = model;
    if (!performance) throw new Error('no performance');
    const { apparent, corrected, correctedInterval } = performance.cIndex;
    expect(corrected).toBeLessThan(apparent);
    expect(correctedInterval[0]).toBeLessThan(corrected);
    expect(correctedInterval[1]).toBeGreaterThan(corrected);
    expect(performance.calibration.map(({ months }) => months)).toEqual([12, 24, 36]);
    expect(performance.groups.reduce((sum, group) => sum + group.patients, 0)).toBe(70);
    const curves = trainingGroupCurves(model);
    expect(curves?.groups.map(({ name }) => name)).toEqual(['low risk', 'high risk']);
    expect(curves?.groups[1].steps.at(-1)?.time).toBe(performance.groups[1].followUpMonths);
    expect(cohort.read('model.json')).not.toMatch(/P0\d\d/);
  });

  test('is the same on every run, and another seed may change it', async () => {
    await cohort.train({ name: 'Ring study' }, 'again');
    expect(cohort.read('again.json')).toBe(cohort.read('model.json'));
    expect(cohort.read('again.html')).toBe(cohort.read('model.html'));
  });

  test('has a report that needs nothing from elsewhere', () => {
    const html = cohort.read('model.html');
    expect(html).toContain('Research use only. Not a medical device.');
    expect(html).not.toMatch(/(src|href)="|url\(|@import|<script/);
    for (const title of [
      'Cohort flow',
      'ROC at 24 months',
      'Nomogram',
      'Stability of the selection',
    ]) {
      expect(html).toContain(title);
    }
    expect(html).not.toContain('NaN');
  });

  test('gives other patients the score that it gave its own', async () => {
    const outcome = await cohort.validate(others, '--json');
    expect(outcome.code).toBe(0);
    const result = JSON.parse(outcome.stdout);
    expect(result.overlapWithTrainingChecked).toBe(true);
    expect(result.validation).toMatchObject({ patients: 50 });
    expect(result.validation.cIndex).toBeGreaterThan(0.6);
    expect(cohort.read('validation.html')).not.toContain('NaN');
  });

  test('is not changed by a validation, unless a new file is asked for', async () => {
    const before = cohort.read('model.json');
    await cohort.validate(others, '--out-model', cohort.file('validated.json'));
    expect(cohort.read('model.json')).toBe(before);
    const validated = parseModel(JSON.parse(cohort.read('validated.json')));
    expect(validated.status).toBe('externallyValidated');
    expect(validated.validations).toHaveLength(1);
    expect(validated.hash).not.toBe(JSON.parse(before).hash);
    expect(validated.deviceUid).not.toBe(JSON.parse(before).deviceUid);
  });

  test('refuses to be validated on its own patients', async () => {
    const outcome = await cohort.validate(cohort);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('trained on 70 of these patients (P001');
  });

  test('labels patients of an unknown batch', async () => {
    const elsewhere = new CohortFolder(VALID, ({ clinical }) => ({
      clinical: clinical.replaceAll(',B,', ',C,'),
    }));
    const outcome = await cohort.validate(elsewhere, '--json');
    const result = JSON.parse(outcome.stdout);
    expect(result.unharmonised).toBe(17);
    expect(result.warnings.join(' ')).toContain('scored unharmonised');
  });

  test('takes in a further scanner without a change to the others', async () => {
    const elsewhere = new CohortFolder(VALID, ({ clinical }) => ({
      clinical: clinical.replaceAll(',B,', ',C,'),
    }));
    const outcome = await runCommand(
      ...['add-batch', '--model', cohort.file('model.json'), '--batch', 'C'],
      ...['--features', elsewhere.file('features.csv'), '--out', elsewhere.file('model.json')],
    );
    expect(outcome.stderr).toBe('');
    const before = JSON.parse(cohort.read('model.json'));
    const after = parseModel(JSON.parse(elsewhere.read('model.json')));
    expect(after.combat?.batches['C'].patients).toBe(50);
    expect({ ...after.combat, batches: { ...after.combat?.batches, C: undefined } }).toEqual({
      ...before.combat,
      batches: { ...before.combat.batches, C: undefined },
    });
    expect(after.hash).not.toBe(before.hash);
    const validated = await elsewhere.validate(elsewhere, '--json');
    expect(JSON.parse(validated.stdout).unharmonised).toBe(0);
    const again = await runCommand(
      ...['add-batch', '--model', cohort.file('model.json'), '--batch', 'B'],
      ...['--features', elsewhere.file('features.csv'), '--out', elsewhere.file('model.json')],
    );
    expect(again.stderr).toContain('The model has a batch “B” already');
  });

  test('is refused when somebody has edited it', async () => {
    const edited = new CohortFolder(VALID);
    const model = JSON.parse(cohort.read('model.json'));
    model.features[0].coefficient *= 2;
    edited.write('model.json', JSON.stringify(model));
    const outcome = await edited.validate(others);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('the content was changed after the hash was written');
  });
});

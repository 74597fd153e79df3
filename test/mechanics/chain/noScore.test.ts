import { describeAnalysis } from '../../../cli/analysisText';
import { parseInstance } from '../../../src/dicom/instance';
import { readReport } from '../../../src/dicom/sr/readReport';
import type { AnalysisResult, FeatureValue, Prognosis } from '../../../src/chain/analysis';
import { translation } from '../../../src/register/rigidMotion';
import { exampleModel } from '../../fixtures/exampleModel';
import { ball, drawn, run, voxelsOf } from '../../fixtures/madeUpStudy';

/** Results that have regions and habitats but, honestly, no score. */

const stageOf = (result: AnalysisResult, id: string) =>
  result.provenance.stages.find(({ stage }) => stage === id);

function reportOf({ objects }: AnalysisResult): ReturnType<typeof readReport> {
  const [sr] = objects.filter(({ kind }) => kind === 'SR');
  return readReport(parseInstance(Uint8Array.from(sr.part10).buffer).dataset);
}

/** The report lists the features by region. */
function sorted(prognosis: Prognosis): Prognosis {
  if (prognosis.evaluable) return prognosis;
  const byName = (of: FeatureValue): string => `${of.region} ${of.sequence} ${of.feature}`;
  const features = [...prognosis.features].sort((a, b) => byName(a).localeCompare(byName(b)));
  return { ...prognosis, features };
}

/** What holds for each of them. */
function expectWithoutScore(result: AnalysisResult, reason: RegExp): void {
  const { prognosis, flags } = result;
  expect(prognosis).toMatchObject({
    evaluable: false,
    reason: expect.stringMatching(reason) as string,
  });
  expect(flags.find(({ code }) => code === 'RPRS_NOT_EVALUABLE')?.message).toMatch(reason);
  expect(stageOf(result, 'score')?.applied).toBe(false);
  expect(result.tumour.voxels).toBeGreaterThan(0);
  expect(result.objects.map(({ kind }) => kind)).toEqual(['SEG', 'SR']);
  expect(sorted(reportOf(result).prognosis)).toEqual(sorted(prognosis));
  const words = describeAnalysis(result);
  expect(words).toMatch(/^RPRS not evaluable: /m);
  expect(words).not.toMatch(/Risk of|Group:/);
}

describe('a tumour of which one series does not show more than 30 %', () => {
  const OUTSIDE =
    /^\d+\.\d % of the tumour lies outside .*, more than 30 %: the rest does not stand/;

  it('keeps its regions and objects and has no score', async () => {
    const result = await run({}, translation([44, 0, 0]));
    expectWithoutScore(result, OUTSIDE);
    expect(result.flags.map(({ code }) => code)).toContain('FIELD_OF_VIEW_CLIPPED');
    expect(result.prognosis).toMatchObject({ features: [] });
    for (const stage of ['features', 'harmonise']) {
      expect(stageOf(result, stage)).toMatchObject({ applied: false });
    }
    const measured = result.habitats.reduce((sum, { fraction }) => sum + fraction, 0);
    expect(measured).toBeGreaterThan(0);
    expect(measured).toBeLessThan(0.7);
  });

  it('also where it was drawn on the series that shows it whole', async () => {
    const base = exampleModel().preprocessing;
    const model = exampleModel({
      preprocessing: { ...base, registration: { ...base.registration, reference: 'ceT1' } },
    });
    const result = await run({ model }, translation([44, 0, 0]));
    // What the reference series does not show is missing in the SEG on its grid, but not forgotten.
    const kept = result.tumour.voxels / voxelsOf(ball);
    expect(kept).toBeLessThan(0.7);
    expectWithoutScore(result, OUTSIDE);
    const said = Number(/^[\d.]+/.exec(describePercent(result))?.[0]);
    expect(said / 100).toBeCloseTo(1 - kept, 1);
  });

  it('is not the case below 30 %', async () => {
    const { prognosis, flags } = await run({}, translation([34, 0, 0]));
    expect(prognosis.evaluable).toBe(true);
    expect(flags.map(({ code }) => code)).toContain('FIELD_OF_VIEW_CLIPPED');
  });
});

function describePercent({ flags }: AnalysisResult): string {
  return flags.find(({ code }) => code === 'FIELD_OF_VIEW_CLIPPED')?.message ?? '';
}

describe('a feature that cannot be measured, and that the model cannot replace', () => {
  const base = exampleModel();
  const strict = base.features.map((feature) => ({ ...feature, imputed: null }));
  const MISSING =
    /cannot be measured on this tumour, and the model has no value to take instead\.$/;

  it('of habitats that are too small leaves a result with the other features', async () => {
    const model = exampleModel({
      features: strict,
      habitats: { ...base.habitats, minimumVoxels: 1e9 },
    });
    const result = await run({ model });
    expectWithoutScore(result, MISSING);
    const { features } = { features: [], ...result.prognosis };
    expect(features).toHaveLength(strict.length);
    const missing = features.filter(({ value }) => value === null);
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.length).toBeLessThan(features.length);
    expect(missing.every(({ region }) => region.startsWith('habitat'))).toBe(true);
  });

  it('of a ring that is excluded altogether too', async () => {
    const ring = { ...strict[0], region: 'peritumour' as const };
    const model = exampleModel({ features: [...strict, ring] });
    const exclude = [drawn(() => true)];
    const result = await run({ model, tumour: ball, exclude });
    expectWithoutScore(result, MISSING);
    expect(result.ring.voxels).toBe(0);
  });
});

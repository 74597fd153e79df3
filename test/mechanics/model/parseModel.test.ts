import { canonicalJson, hashModel } from '../../../src/model/hashModel';
import { parseModel } from '../../../src/model/parseModel';
import type { Model } from '../../../src/model/schema';
import { exampleModel } from '../../fixtures/exampleModel';

const model = exampleModel();

function refusal(json: unknown): { code: unknown; message: string } {
  try {
    parseModel(json);
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('the model was accepted');
}

describe('a model file', () => {
  it('that is right is read as it is', () => {
    expect(parseModel(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });

  it.each([
    ['no object', null],
    ['a list', []],
    ['another file', { schema: 'something else' }],
  ])('that is %s is refused', (_, json) => {
    expect(refusal(json)).toEqual({
      code: 'MODEL_INVALID',
      message:
        'The file is not an STS habitat model (its "schema" is not "sts-habitat-model"): load a model file.',
    });
  });

  it.each([
    [2, '2'],
    ['1', '"1"'],
    [undefined, 'none'],
  ])('of schema version %j is refused', (schemaVersion, text) => {
    expect(refusal({ ...model, schemaVersion })).toEqual({
      code: 'MODEL_VERSION',
      message: `The model file has schema version ${text}, but this program reads version 1: load a model file of that version.`,
    });
  });

  it('with a feature that misses an entry is refused by the name of the entry', () => {
    const [first, ...others] = model.features;
    const unnamed = { ...first, feature: undefined };
    expect(refusal({ ...model, features: [unnamed, ...others] })).toEqual({
      code: 'MODEL_INVALID',
      message: expect.stringMatching(
        /^The model file is not valid at features\[0\]\.feature \(.+\): load a corrected model file\.$/,
      ) as string,
    });
  });

  it('with an unknown entry is refused', () => {
    expect(refusal({ ...model, extra: 1 }).message).toContain('its top level');
  });

  it('that was changed by hand is refused', () => {
    expect(refusal({ ...model, name: 'Better model' }).message).toBe(
      'The model file is not valid at hash (the content was changed after the hash was written): load a corrected model file.',
    );
  });
});

describe('entries that must agree', () => {
  const [feature] = model.features;
  const { standardisation } = model.preprocessing;
  const withFeature = (change: Partial<typeof feature>): Partial<Model> => ({
    features: [{ ...feature, ...change }],
  });
  const withStandardisation = (change: Partial<typeof standardisation>): Partial<Model> => ({
    preprocessing: { ...model.preprocessing, standardisation: { ...standardisation, ...change } },
  });
  const withNomogram = (change: Partial<Model['nomogram']>): Partial<Model> => ({
    nomogram: { ...model.nomogram, ...change },
  });
  const batch = { patients: 10, gamma: [0, 0, 0, 0, 0], deltaSquared: [1, 1, 1, 1, 1] };
  const combat: NonNullable<Model['combat']> = {
    variant: 'eb',
    referenceBatch: null,
    grandMean: [0, 0, 0, 0, 0],
    pooledVariance: [1, 1, 1, 1, 1],
    batches: { A: batch },
  };

  it.each<[string, Partial<Model>, string]>([
    [
      'an unknown feature',
      withFeature({ feature: 'original_glcm_Beauty' }),
      'features[0].feature ("original_glcm_Beauty" is not a feature that this program knows)',
    ],
    [
      'an unknown image type',
      withFeature({ feature: 'magic_glcm_Contrast' }),
      'features[0].feature',
    ],
    [
      'a texture without a sequence',
      withFeature({ sequence: null }),
      'features[0].feature ("original_firstorder_Mean" needs a sequence)',
    ],
    [
      'a shape with a sequence',
      withFeature({ feature: 'original_shape_Sphericity' }),
      'its sequence must be null',
    ],
    [
      'a fraction of the ring',
      withFeature({ region: 'peritumour', sequence: null, feature: 'fraction' }),
      'only a habitat has a fraction',
    ],
    ['a range upside down', withFeature({ range: [2, 1] }), 'features[0].range'],
    [
      'a feature twice',
      { features: [feature, feature] },
      'features[1] (tumour ceT1 original_firstorder_Mean is there twice)',
    ],
    [
      'too few landmarks',
      withStandardisation({ percentiles: [1, 50, 99] }),
      'preprocessing.standardisation.standard.fsT2 (11 landmarks for 3 percentiles)',
    ],
    [
      'percentiles that fall',
      withStandardisation({ percentiles: [50, 10, 99] }),
      'preprocessing.standardisation.percentiles',
    ],
    [
      'a ComBat list of another length',
      { combat: { ...combat, grandMean: [0] } },
      'combat.grandMean (1 values for 5 features)',
    ],
    [
      'a batch of another length',
      { combat: { ...combat, batches: { A: { ...batch, gamma: [1] } } } },
      'combat.batches.A.gamma (1 values for 5 features)',
    ],
    [
      'a reference batch that is not there',
      { combat: { ...combat, referenceBatch: 'B' } },
      'combat.referenceBatch',
    ],
    [
      'a nomogram without the RPRS',
      withNomogram({ covariates: [model.nomogram.covariates[1]] }),
      'nomogram.covariates',
    ],
    [
      'a hazard that falls',
      withNomogram({
        baselineHazard: [
          { months: 1, cumulativeHazard: 0.2 },
          { months: 2, cumulativeHazard: 0.1 },
        ],
      }),
      'nomogram.baselineHazard (a cumulative hazard cannot fall)',
    ],
    [
      'horizons out of order',
      withNomogram({ horizonsMonths: [24, 12] }),
      'nomogram.horizonsMonths',
    ],
  ])('%s', (_, change, text) => {
    const { code, message } = refusal(exampleModel(change));
    expect(code).toBe('MODEL_INVALID');
    expect(message).toContain(text);
  });
});

describe('the hash', () => {
  it('does not depend on the order of the entries, nor on itself', () => {
    const reversed = Object.fromEntries(Object.entries(model).reverse());
    expect(hashModel({ ...reversed, hash: 'other' })).toBe(model.hash);
  });

  it('is of JSON with sorted keys and no white space', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: 1e21 })).toBe(
      '{"a":1e+21,"b":[1,{"c":"x","d":null}]}',
    );
  });
});

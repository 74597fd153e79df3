import { scoreSignature } from '../../../src/signature/rprs';
import { scored } from '../../fixtures/scored';
import { exampleModel } from '../../fixtures/exampleModel';

const { features } = exampleModel();
const atMean = features.map(({ mean }) => ({ value: mean, harmonised: mean }));
const missing = { value: null, harmonised: null };

describe('the score', () => {
  it('of the training means is 0, without a caution', () => {
    const { rprs, flags } = scored(scoreSignature(features, atMean));
    expect(rprs).toBe(0);
    expect(flags).toEqual([]);
  });

  it('takes the model value of a feature that could not be measured, and says so', () => {
    const measured = atMean.map((value, i) => (i === 3 ? missing : value));
    const { contributions, flags } = scored(scoreSignature(features, measured));
    expect(contributions[3]).toMatchObject({
      imputed: true,
      value: null,
      z: -2.5,
      contribution: -0.25,
    });
    expect(flags).toEqual([
      {
        code: 'FEATURE_IMPUTED',
        stage: 'score',
        message:
          "original_glszm_ZoneEntropy of habitat2 on CE-T1WI could not be measured; the model's value for this case was taken.",
      },
    ]);
  });

  it('does not exist when the model has no value for it, and says why', () => {
    const measured = atMean.map((value, i) => (i === 0 ? missing : value));
    expect(scoreSignature(features, measured)).toEqual({
      evaluable: false,
      reason:
        'original_firstorder_Mean of tumour on CE-T1WI cannot be measured on this tumour, and the model has no value to take instead.',
    });
  });

  it('names three of many missing features', () => {
    const strict = features.map((feature) => ({ ...feature, imputed: null }));
    const measured = strict.map(() => missing);
    const { reason } = { reason: '', ...scoreSignature(strict, measured) };
    expect(reason).toContain(` and ${features.length - 3} more cannot be measured`);
  });

  it.each([
    ['outside the training range', 81],
    ['more than 5 SD away', -1000],
  ])('flags a value %s', (_, value) => {
    const measured = atMean.map((m, i) => (i === 0 ? { value, harmonised: value } : m));
    const { flags } = scored(scoreSignature(features, measured));
    expect(flags.map(({ code }) => code)).toEqual(['FEATURE_OUT_OF_RANGE']);
    expect(flags[0].message).toContain('(20 to 80; z ');
  });
});

/**
 * The radiomics progression risk score: RPRS = sum C_i V_i over the model's features, V_i the
 * z-scored (harmonised) value. Reference: Liang et al., Front Oncol 2026;15:1619704.
 */
import { InputError } from '../chain/errors';
import type { FeatureContribution, Flag } from '../chain/analysis';
import type { ModelFeature } from '../model/schema';

/** Beyond this many training SDs a value is flagged. */
export const EXTREME_Z = 5;

export interface MeasuredFeature {
  /** null when the region is not evaluable. */
  readonly value: number | null;
  readonly harmonised: number | null;
}

export interface Rprs {
  readonly rprs: number;
  /** In the order of the model's features. */
  readonly contributions: readonly FeatureContribution[];
  readonly flags: readonly Flag[];
}

/**
 * `measured`: one for each feature, in the model's order.
 * @throws InputError FEATURE_NOT_EVALUABLE when a feature is missing and the model has no value for it.
 */
export function scoreSignature(
  features: readonly ModelFeature[],
  measured: readonly MeasuredFeature[],
): Rprs {
  if (features.length !== measured.length) {
    throw new Error('The score needs one measured value for each feature of the model.');
  }
  const contributions = features.map((feature, i) => contributionOf(feature, measured[i]));
  return {
    rprs: contributions.reduce((sum, { contribution }) => sum + contribution, 0),
    contributions,
    flags: contributions.flatMap((contribution, i) => flagsOf(contribution, features[i])),
  };
}

function contributionOf(feature: ModelFeature, measured: MeasuredFeature): FeatureContribution {
  const imputed = measured.harmonised === null;
  const used = measured.harmonised ?? feature.imputed;
  if (used === null) {
    throw new InputError(
      'FEATURE_NOT_EVALUABLE',
      `${nameOf(feature)} cannot be measured on this tumour and the model has no value to take instead, so there is no RPRS: use a model without this feature.`,
    );
  }
  const z = (used - feature.mean) / feature.sd;
  return {
    region: feature.region,
    sequence: feature.sequence,
    feature: feature.feature,
    ...measured,
    z,
    coefficient: feature.coefficient,
    contribution: feature.coefficient * z,
    imputed,
  };
}

function flagsOf(contribution: FeatureContribution, feature: ModelFeature): Flag[] {
  if (contribution.imputed) {
    return [
      {
        code: 'FEATURE_IMPUTED',
        stage: 'score',
        message: `${nameOf(feature)} could not be measured; the model's value for this case was taken.`,
      },
    ];
  }
  const value = contribution.harmonised ?? NaN;
  const [low, high] = feature.range;
  if (Math.abs(contribution.z) <= EXTREME_Z && value >= low && value <= high) return [];
  return [
    {
      code: 'FEATURE_OUT_OF_RANGE',
      stage: 'score',
      message: `${nameOf(feature)} is ${short(value)}, outside what the model was trained on (${short(low)} to ${short(high)}; z ${contribution.z.toFixed(1)}).`,
    },
  ];
}

function nameOf({ region, sequence, feature }: ModelFeature): string {
  return `${feature} of ${region}${sequence === null ? '' : ` on ${SEQUENCE_NAMES[sequence]}`}`;
}

const SEQUENCE_NAMES = { fsT2: 'FS-T2WI', ceT1: 'CE-T1WI' } as const;

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

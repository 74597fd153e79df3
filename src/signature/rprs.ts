/**
 * The radiomics progression risk score: RPRS = sum C_i V_i over the model's features, V_i the
 * z-scored (harmonised) value. Reference: Liang et al., Front Oncol 2026;15:1619704.
 */
import type { FeatureContribution, Flag } from '../chain/analysis';
import type { ModelFeature } from '../model/schema';

/** Beyond this many training SDs a value is flagged. */
export const EXTREME_Z = 5;

export interface MeasuredFeature {
  /** null when the region is not evaluable. */
  readonly value: number | null;
  readonly harmonised: number | null;
}

export type Signature = Rprs | MissingFeatures;

export interface Rprs {
  readonly evaluable: true;
  readonly rprs: number;
  /** In the order of the model's features. */
  readonly contributions: readonly FeatureContribution[];
  readonly flags: readonly Flag[];
}

/** Features are missing for which the model has no value to take instead. */
export interface MissingFeatures {
  readonly evaluable: false;
  readonly reason: string;
}

/** `measured`: one for each feature, in the model's order. */
export function scoreSignature(
  features: readonly ModelFeature[],
  measured: readonly MeasuredFeature[],
): Signature {
  if (features.length !== measured.length) {
    throw new Error('The score needs one measured value for each feature of the model.');
  }
  const contributions = features.flatMap(
    (feature, i) => contributionOf(feature, measured[i]) ?? [],
  );
  if (contributions.length < features.length) {
    const missing = features.filter((feature, i) => contributionOf(feature, measured[i]) === null);
    return { evaluable: false, reason: reasonOf(missing) };
  }
  return {
    evaluable: true,
    rprs: contributions.reduce((sum, { contribution }) => sum + contribution, 0),
    contributions,
    flags: contributions.flatMap((contribution, i) => flagsOf(contribution, features[i])),
  };
}

const NAMED_FEATURES = 3;

function reasonOf(missing: readonly ModelFeature[]): string {
  const named = missing.slice(0, NAMED_FEATURES).map(nameOf).join(', ');
  const more = missing.length - NAMED_FEATURES;
  return `${named}${more > 0 ? ` and ${more} more` : ''} cannot be measured on this tumour, and the model has no value to take instead.`;
}

/** null: neither measured nor to be replaced. */
function contributionOf(
  feature: ModelFeature,
  measured: MeasuredFeature,
): FeatureContribution | null {
  const imputed = measured.harmonised === null;
  const used = measured.harmonised ?? feature.imputed;
  if (used === null) return null;
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

import type { Model, ModelFeature } from '../src/model/schema';

/** The parts of the demonstration model that were not measured on anything. */

export const DEMONSTRATION_TEXT = {
  about: {
    intendedUse:
      'To try the program. The coefficients are made up: score, risk and group mean nothing for any patient.',
    endpoint: 'Progression-free survival (made up)',
  },
  training: {
    description:
      'Simulated limbs for landmarks, habitats and feature scales; coefficients and hazard are made up.',
    events: 0,
    centres: 0,
  },
  habitats: {
    names: ['low-enhancing solid', 'enhancing viable', 'hypoactive'],
    minimumVoxels: 64,
  },
} satisfies {
  about: Pick<Model, 'intendedUse' | 'endpoint'>;
  training: Omit<Model['training'], 'patients'>;
  habitats: Pick<Model['habitats'], 'names' | 'minimumVoxels'>;
};

type FeatureChoice = Pick<ModelFeature, 'region' | 'sequence' | 'feature' | 'coefficient'>;

/** From every region and class, so that the demonstration exercises the whole chain. */
export const DEMONSTRATION_FEATURES: readonly FeatureChoice[] = [
  chosen('tumour', null, 'original_shape_Sphericity', -0.12),
  chosen('tumour', null, 'original_shape_Maximum3DDiameter', 0.16),
  chosen('tumour', 'ceT1', 'original_firstorder_Entropy', 0.11),
  chosen('tumour', 'fsT2', 'original_glszm_ZoneEntropy', 0.09),
  chosen('peritumour', 'fsT2', 'original_glcm_JointEntropy', 0.22),
  chosen('peritumour', 'fsT2', 'original_firstorder_90Percentile', 0.18),
  chosen('peritumour', 'ceT1', 'original_gldm_DependenceEntropy', 0.08),
  chosen('expansion', 'ceT1', 'original_ngtdm_Contrast', 0.07),
  chosen('habitat1', 'fsT2', 'original_glrlm_RunEntropy', -0.06),
  chosen('habitat1', null, 'fraction', -0.1),
  chosen('habitat2', 'ceT1', 'original_firstorder_Mean', 0.1),
  chosen('habitat2', null, 'fraction', 0.14),
  chosen('habitat3', 'ceT1', 'original_glcm_Idm', -0.07),
];

function chosen(
  region: ModelFeature['region'],
  sequence: ModelFeature['sequence'],
  feature: string,
  coefficient: number,
): FeatureChoice {
  return { region, sequence, feature, coefficient };
}

const AGE_COEFFICIENT = 0.013;
const MEAN_AGE = 55;
const FOLLOW_UP_MONTHS = 60;

/** A third of the average patients progresses within two years, most of them early. */
function hazardSteps(): { months: number; cumulativeHazard: number }[] {
  return Array.from({ length: FOLLOW_UP_MONTHS / 2 }, (_, i) => {
    const months = 2 * (i + 1);
    return { months, cumulativeHazard: Number((0.4 * (months / 24) ** 0.75).toFixed(4)) };
  });
}

export const MADE_UP_PROGNOSIS: Pick<Model, 'nomogram' | 'riskGroup'> = {
  nomogram: {
    covariates: [
      { name: 'rprs', label: 'RPRS', unit: '', coefficient: 1.2, axis: [-2, 2] },
      { name: 'age', label: 'Age', unit: 'years', coefficient: AGE_COEFFICIENT, axis: [15, 90] },
    ],
    centre: AGE_COEFFICIENT * MEAN_AGE,
    ties: 'efron',
    baselineHazard: hazardSteps(),
    horizonsMonths: [12, 24, 36],
    followUpMonths: FOLLOW_UP_MONTHS,
  },
  riskGroup: { cutoff: 0, scale: 'linearPredictor', origin: 'Made up.' },
};

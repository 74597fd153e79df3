import { z } from 'zod';

/**
 * The model file, version 1. It holds every artefact that a new patient must be measured with:
 * nothing in the chain that was fitted on a cohort lives outside this file.
 */

export const MODEL_SCHEMA_VERSION = 1;

export const SEQUENCES = ['fsT2', 'ceT1'] as const;
export const REGIONS = [
  'tumour',
  'peritumour',
  'expansion',
  'habitat1',
  'habitat2',
  'habitat3',
] as const;

const finite = z.number();
const triple = z.tuple([finite, finite, finite]);
const pair = z.tuple([finite, finite]);
const sequence = z.enum(SEQUENCES);
const region = z.enum(REGIONS);

const registration = z.strictObject({
  method: z.enum(['rigid', 'identity']),
  /** The moving series is resampled onto the grid of the reference series. */
  reference: sequence,
  histogramBins: z.int().positive(),
  resolutions: z.int().positive(),
  iterations: z.int().positive(),
  samples: z.int().positive(),
});

const biasField = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('none') }),
  z.strictObject({
    method: z.literal('n4'),
    shrink: triple,
    iterations: z.array(z.int().positive()).min(1),
    convergence: finite,
    controlPoints: z.int().positive(),
    histogramBins: z.int().positive(),
    fullWidthAtHalfMaximum: finite,
    wienerNoise: finite,
    /** Millimetres around the tumour left out of the estimate; null: nothing is left out. */
    excludeTumourMarginMm: finite.nullable(),
  }),
]);

const landmarks = z.strictObject({
  /** Percentiles of the body outside the tumour and its ring, ascending. */
  percentiles: z.array(finite).min(3),
  /** Standard landmarks on the common scale, one for each percentile. */
  standard: z.strictObject({ fsT2: z.array(finite).min(3), ceT1: z.array(finite).min(3) }),
});

const habitats = z.strictObject({
  /**
   * 'perPatient': k-means on each patient alone, the same order of the clusters; then habitats mean
   * something else in every patient, and the centroids below are not used. Without it 'cohortCentroids'.
   */
  method: z.enum(['cohortCentroids', 'perPatient']).optional(),
  /** Channel means and SDs of the pooled training voxels; order CE-T1, FS-T2. */
  channelMean: pair,
  channelSd: pair,
  /** Centroids in z units (CE-T1, FS-T2), ordered H1 (low/low), H2 (high/high), H3 (medium/medium). */
  centroids: z.tuple([pair, pair, pair]),
  names: z.tuple([z.string(), z.string(), z.string()]),
  /** Below this a habitat's features are "not evaluable". */
  minimumVoxels: z.int().nonnegative(),
  /** False when the training centroids do not rise H1 < H3 < H2 in both channels. */
  patternAsPublished: z.boolean(),
});

/** A number measured on a study: a PyRadiomics feature of a region on a sequence, or a habitat's size. */
export const modelFeatureSchema = z.strictObject({
  region,
  /** null for shape, voxel count and fraction, which do not look at an image. */
  sequence: sequence.nullable(),
  /** PyRadiomics name (`original_glcm_Contrast`), or `voxelCount`, or `fraction` (of the tumour). */
  feature: z.string().min(1),
  /** Weight in the RPRS, applied to the z-scored value. */
  coefficient: finite,
  /** Training mean and SD (divisor n - 1) after harmonisation. */
  mean: finite,
  sd: finite.positive(),
  /** Training range after harmonisation. */
  range: pair,
  /** Value taken when the region is not evaluable; null: the RPRS is then not evaluable. */
  imputed: finite.nullable(),
});

const combat = z.strictObject({
  /** 'eb': parametric empirical Bayes. */
  variant: z.enum(['eb', 'nonparametric', 'meanOnly']),
  referenceBatch: z.string().nullable(),
  /** One entry for each model feature, in the order of `features`. */
  grandMean: z.array(finite),
  pooledVariance: z.array(finite),
  batches: z.record(
    z.string(),
    z.strictObject({
      patients: z.int().positive(),
      gamma: z.array(finite),
      deltaSquared: z.array(finite.positive()),
    }),
  ),
});

const covariate = z.strictObject({
  name: z.enum(['rprs', 'age']),
  label: z.string(),
  unit: z.string(),
  /** Log hazard ratio for one unit. */
  coefficient: finite,
  /** Training range; the nomogram's axis. Outside it the result is flagged. */
  axis: pair,
});

const nomogram = z.strictObject({
  covariates: z.array(covariate).min(1),
  /** Subtracted from the linear predictor before the baseline hazard is applied. */
  centre: finite,
  ties: z.enum(['efron', 'breslow']),
  /** Cumulative baseline hazard, a step function, at the centred linear predictor 0. */
  baselineHazard: z.array(z.strictObject({ months: finite, cumulativeHazard: finite })).min(1),
  horizonsMonths: z.array(finite.positive()).min(1),
  followUpMonths: finite.positive(),
});

const riskGroup = z.strictObject({
  /** Above the cut-off: high risk. */
  cutoff: finite,
  scale: z.enum(['rprs', 'linearPredictor']),
  origin: z.string(),
});

const cohort = z.strictObject({
  description: z.string(),
  patients: z.int().nonnegative(),
  events: z.int().nonnegative(),
  centres: z.int().nonnegative(),
});

const validation = z.strictObject({
  description: z.string(),
  patients: z.int().nonnegative(),
  events: z.int().nonnegative(),
  cIndex: finite.nullable(),
  cIndexInterval: pair.nullable(),
});

const survivalStep = z.strictObject({
  months: finite,
  survival: finite,
  /** 95 % limits on the log-log scale. */
  low: finite,
  high: finite,
});

/** How the model did on its own training patients: what a reader of a single result may look up. */
const performance = z.strictObject({
  /** Of the nomogram; optimism by bootstrap with the selection repeated. */
  cIndex: z.strictObject({ apparent: finite, corrected: finite, correctedInterval: pair }),
  /** Brier score over the time to the last horizon, .632+, and that of Kaplan-Meier. */
  integratedBrier: z.strictObject({ boot632plus: finite, kaplanMeier: finite }),
  /** Apparent: mean predicted risk against 1 - Kaplan-Meier in groups of equal size. */
  calibration: z.array(
    z.strictObject({
      months: finite,
      groups: z.array(
        z.strictObject({
          patients: z.int().positive(),
          events: z.int().nonnegative(),
          predicted: finite,
          observed: finite,
          /** 95 %; null where nobody or everybody had the event. */
          interval: pair.nullable(),
        }),
      ),
    }),
  ),
  /** Kaplan-Meier of the groups that `riskGroup` makes of the training patients. */
  groups: z.array(
    z.strictObject({
      group: z.enum(['low', 'high']),
      patients: z.int().positive(),
      events: z.int().nonnegative(),
      medianMonths: finite.nullable(),
      /** The longest follow-up of the group: its curve ends here. */
      followUpMonths: finite,
      /** Where the curve falls. When single patients were censored is left out on purpose. */
      steps: z.array(survivalStep),
      /** Patients still followed at `months`. */
      atRisk: z.array(z.strictObject({ months: finite, patients: z.int().nonnegative() })),
    }),
  ),
  logRankP: finite.nullable(),
});

export const modelSchema = z.strictObject({
  schema: z.literal('sts-habitat-model'),
  schemaVersion: z.literal(MODEL_SCHEMA_VERSION),
  name: z.string().min(1),
  version: z.string().min(1),
  /** UID that changes with every change of the model (IHE AI Results: Device UID). */
  deviceUid: z.string().regex(/^[0-9.]{1,64}$/),
  /** `demonstration` models know simulated patients only, and say so wherever they show. */
  status: z.enum(['demonstration', 'trained', 'externallyValidated']),
  intendedUse: z.string(),
  endpoint: z.string(),
  training: cohort,
  validations: z.array(validation),
  preprocessing: z.strictObject({
    registration,
    biasField,
    resampling: z.strictObject({
      spacingMm: triple,
      image: z.enum(['bspline', 'linear']),
    }),
    regions: z.strictObject({
      ringWidthMm: finite.positive(),
      /** Flag when more than this fraction of the ring is lost outside the body. */
      clippedFractionFlag: finite,
    }),
    standardisation: landmarks,
  }),
  habitats,
  extraction: z.strictObject({
    /** Which image the features are taken from. */
    image: z.enum(['resampled', 'standardised']),
    /** PyRadiomics settings, by their PyRadiomics names. */
    settings: z.record(z.string(), z.json()),
  }),
  features: z.array(modelFeatureSchema).min(1),
  combat: combat.nullable(),
  nomogram,
  riskGroup,
  /** Written by `train`; absent in models that were not trained with it. */
  performance: performance.optional(),
  /** SHA-256 of the canonical JSON of everything above; see `hashModel`. */
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
});

export type Model = z.infer<typeof modelSchema>;
export type ModelFeature = z.infer<typeof modelFeatureSchema>;
export type SequenceId = (typeof SEQUENCES)[number];
export type RegionId = (typeof REGIONS)[number];

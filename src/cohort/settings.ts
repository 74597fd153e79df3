/** What `extract` can be told: how a cohort's images are prepared and which features are taken. */
import { z } from 'zod';
import { N4_RECOMMENDED } from '../biasField/n4Settings';
import { InputError } from '../chain/errors';
import { DEFAULT_HABITAT_TRAINING } from '../habitats/trainHabitats';
import { modelSchema, type Model } from '../model/schema';
import { PRESET_NAMES } from '../radiomics/presets';
import { fromParameterFile } from './parameterFileSettings';
import { isRecord, withDefaults } from './withDefaults';

const { preprocessing, habitats, extraction } = modelSchema.shape;

/** A preset, or image types and feature classes as in a PyRadiomics parameter file. */
export const featureChoiceSchema = z.union([
  z.enum(PRESET_NAMES),
  z.strictObject({
    imageType: z.record(z.string(), z.json()).optional(),
    featureClass: z.record(z.string(), z.json()).optional(),
  }),
]);

export const featureChoicesSchema = z.strictObject({
  /** Tumour, ring and expansion. */
  regions: featureChoiceSchema,
  /** Each of the three habitats. */
  habitats: featureChoiceSchema,
});

const extractSettingsSchema = z.strictObject({
  preprocessing: preprocessing.extend({
    /** The standard landmarks are fitted on the training patients. */
    standardisation: preprocessing.shape.standardisation.omit({ standard: true }),
  }),
  habitats: habitats.pick({ names: true, minimumVoxels: true }).extend({
    /** Of the pooled k-means. */
    training: z.strictObject({
      voxelsPerPatient: z.int().min(3),
      restarts: z.int().positive(),
      maximumIterations: z.int().positive(),
      tolerance: z.number().nonnegative(),
      seed: z.int(),
    }),
  }),
  extraction,
  features: featureChoicesSchema,
});

export type FeatureChoice = z.infer<typeof featureChoiceSchema>;
export type FeatureChoices = z.infer<typeof featureChoicesSchema>;
export type ExtractSettings = z.infer<typeof extractSettingsSchema>;
/** All that is needed before anything is fitted on the cohort. */
export type CohortPreprocessing = ExtractSettings['preprocessing'];

/** The settings of the demonstration model; features as in the paper (1906 a sequence, 93 a habitat). */
export const EXTRACT_DEFAULTS: ExtractSettings = {
  preprocessing: {
    registration: {
      method: 'rigid',
      reference: 'fsT2',
      histogramBins: 32,
      resolutions: 4,
      iterations: 256,
      samples: 2048,
    },
    biasField: N4_RECOMMENDED,
    resampling: { spacingMm: [1, 1, 1], image: 'bspline' },
    regions: { ringWidthMm: 10, clippedFractionFlag: 0.2 },
    standardisation: { percentiles: [1, 10, 20, 30, 40, 50, 60, 70, 80, 90] },
  },
  habitats: {
    names: ['low-enhancing solid', 'enhancing viable', 'hypoactive'],
    minimumVoxels: 64,
    training: DEFAULT_HABITAT_TRAINING,
  },
  extraction: {
    image: 'standardised',
    settings: { binWidth: 5, symmetricalGLCM: true, distances: [1] },
  },
  features: { regions: 'paper1906', habitats: 'orig93' },
};

/**
 * @param given entries that replace the defaults, or the content of a PyRadiomics parameter file.
 * @param file for messages.
 * @throws InputError SETTING_UNSUPPORTED naming the entry
 */
export function parseExtractSettings(given: unknown, file: string): ExtractSettings {
  const content = given ?? {};
  if (!isRecord(content)) {
    throw new InputError(
      'SETTING_UNSUPPORTED',
      `${file} holds no settings: give entries such as “features” and “preprocessing”, or a PyRadiomics parameter file.`,
    );
  }
  const entries = isParameterFile(content) ? fromParameterFile(content, file) : content;
  const parsed = extractSettingsSchema.safeParse(withDefaults(EXTRACT_DEFAULTS, entries));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue.path.length > 0 ? issue.path.map(String).join('.') : 'its top level';
  throw new InputError(
    'SETTING_UNSUPPORTED',
    `${file} is not valid at ${where} (${issue.message.replace(/\.$/, '')}): correct the entry.`,
  );
}

function isParameterFile(content: Readonly<Record<string, unknown>>): boolean {
  return ['imageType', 'featureClass', 'setting'].some((section) =>
    Object.hasOwn(content, section),
  );
}

/** The preprocessing of a model or of artefacts, without what was fitted. */
export function unfitted({
  standardisation,
  ...rest
}: Model['preprocessing']): CohortPreprocessing {
  return { ...rest, standardisation: { percentiles: standardisation.percentiles } };
}

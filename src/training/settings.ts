/** What a training can be told. Every entry has a default; the names are those of the config file. */
import { z } from 'zod';
import { InputError } from '../chain/errors';
import { featureChoicesSchema } from '../cohort/settings';
import { modelSchema } from '../model/schema';
import { DEFAULT_SELECTION } from './fitSignature';
import { SIGNATURES } from './signatures';

const { preprocessing, habitats, extraction } = modelSchema.shape;
const text = z.string().min(1);

/** How the features were measured; written by `extract` beside its table, copied into the model. */
export const artefactsSchema = z.strictObject({
  preprocessing,
  habitats,
  extraction,
  /** Which features were taken: for another cohort that is extracted with these artefacts. */
  features: featureChoicesSchema.optional(),
  /** Whose landmarks and centroids these are. */
  fittedOn: z.strictObject({ patients: z.int().positive() }).optional(),
  software: z.strictObject({ name: text, version: text }).optional(),
});
export type Artefacts = z.infer<typeof artefactsSchema>;

const months = z.array(z.number().positive()).min(1);
const share = z.number().min(0).max(1);

const selection = z.strictObject({
  univariableP: share.default(DEFAULT_SELECTION.univariableP),
  minimumCandidates: z.int().nonnegative().default(DEFAULT_SELECTION.minimumCandidates),
  maximumSpearman: share.default(DEFAULT_SELECTION.maximumSpearman),
  mrmr: z.int().positive().nullable().default(DEFAULT_SELECTION.mrmr),
  alpha: z.number().positive().max(1).default(DEFAULT_SELECTION.alpha),
  folds: z.int().min(3).default(DEFAULT_SELECTION.folds),
  penalties: z.int().min(5).default(DEFAULT_SELECTION.penalties),
  lambda: z.enum(['min', 'oneSe']).default(DEFAULT_SELECTION.lambda),
});

const combat = z.strictObject({
  variant: z.enum(['eb', 'nonparametric', 'meanOnly']).default('eb'),
  /** null: none. Left out: the largest batch. */
  referenceBatch: text.nullable().optional(),
});

const repeats = z.strictObject({
  /** CSV with the columns patient, repeat (who drew, which scan) and features; relative to the settings. */
  file: text,
  form: z.enum(['ICC(2,1)', 'ICC(3,1)']).default('ICC(2,1)'),
  minimum: z.number().max(1).default(0.75),
  bound: z.enum(['estimate', 'lower']).default('estimate'),
});

export const trainingSettingsSchema = z.strictObject({
  name: text.default('RPRS model'),
  version: text.default('1'),
  description: z.string().default('Training cohort'),
  intendedUse: z
    .string()
    .default('Research on risk of progression of soft tissue sarcoma; not for clinical decisions.'),
  endpoint: z.string().default('Progression-free survival (progression or death), months'),
  columns: z
    .strictObject({
      patient: text.default('patient'),
      time: text.default('time'),
      event: text.default('event'),
      age: text.default('age'),
      batch: text.default('batch'),
      /** For the univariable screen; left out: every other column of numbers. */
      clinical: z.array(text).optional(),
    })
    .prefault({}),
  /** Left out: those of 12, 24 and 36 months that lie within the follow-up. */
  horizonsMonths: months.optional(),
  /** Times of the median AUC; left out: every 6 months to the last horizon. */
  aucMonths: months.optional(),
  selection: selection.prefault({}),
  /** 'none': not harmonised. */
  combat: z.union([z.literal('none'), combat]).prefault({}),
  /** Signature of the RPRS; 'best': by optimism-corrected C. */
  signature: z.enum(['best', ...SIGNATURES.map(({ name }) => name)]).default('best'),
  ties: z.enum(['efron', 'breslow']).default('efron'),
  /** Columns with a larger share of empty cells are left out. */
  maximumMissing: share.default(0.2),
  /** Repeated contours or scans; left out: no filter by intraclass correlation. */
  repeats: repeats.optional(),
  resamples: z.int().min(2).default(100),
  seed: z.int().default(1),
  artefacts: artefactsSchema.optional(),
});

export type TrainingSettings = z.infer<typeof trainingSettingsSchema>;

/** @throws InputError SETTING_UNSUPPORTED naming the entry */
export function parseTrainingSettings(value: unknown, file: string): TrainingSettings {
  const parsed = trainingSettingsSchema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error, file, 'SETTING_UNSUPPORTED');
}

/** @throws InputError MODEL_INVALID naming the entry */
export function parseArtefacts(value: unknown, file: string): Artefacts {
  const parsed = artefactsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error, file, 'MODEL_INVALID');
}

function invalid(
  error: z.ZodError,
  file: string,
  code: 'SETTING_UNSUPPORTED' | 'MODEL_INVALID',
): InputError {
  const [issue] = error.issues;
  const where = issue.path.length > 0 ? issue.path.map(String).join('.') : 'its top level';
  const reason = issue.message.replace(/\.$/, '');
  return new InputError(code, `${file} is not valid at ${where} (${reason}): correct the entry.`);
}

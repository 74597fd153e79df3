/**
 * The settings of a PyRadiomics 3.1 parameter file, with its names and defaults
 * (featureextractor.py, paramSchema.yaml).
 */
import { z } from 'zod';
import { InputError } from '../chain/errors';
import type { Interpolator } from '../volume/resample';
import { WEIGHTING_NORMS } from '../features/settings';
import type { Sigma } from '../imageTypes/names';
import { isWaveletName, WAVELET_NAMES } from '../imageTypes/waveletFilters';
import { nearestName } from './nearestName';

/** SimpleITK's interpolators by name and by number; the others of SimpleITK are not supported. */
const INTERPOLATORS: Readonly<Record<string, Interpolator>> = {
  sitkNearestNeighbor: 'nearest',
  sitkLinear: 'linear',
  sitkBSpline: 'bspline',
  1: 'nearest',
  2: 'linear',
  3: 'bspline',
};

const positive = z.number().positive();
const positiveInteger = z.int().positive();
const count = z.int().nonnegative();

const interpolator = z
  .union([z.string(), z.int()])
  .nullable()
  .transform((value, context): Interpolator | null => {
    if (value === null) return null;
    const known = INTERPOLATORS[value];
    if (known) return known;
    context.addIssue('must be sitkNearestNeighbor, sitkLinear, sitkBSpline or null');
    return z.NEVER;
  });

const wavelet = z.string().refine(isWaveletName, {
  error: (issue) => {
    const near = nearestName(String(issue.input), WAVELET_NAMES);
    return `must be a discrete wavelet of PyWavelets; the nearest name is ${near}`;
  },
});

/** Python's integers and floats give different image names, so the text is kept beside the number. */
const sigma = z
  .union([positive, z.bigint().positive()])
  .transform((mm): Sigma => ({ mm: Number(mm), text: pythonText(mm) }));

function pythonText(value: number | bigint): string {
  return typeof value === 'number' && Number.isInteger(value) ? `${value}.0` : String(value);
}

const shapeOfSettings = {
  additionalInfo: z.boolean().default(true),
  binCount: positiveInteger.nullable().default(null),
  binWidth: positive.default(25),
  correctMask: z.boolean().default(false),
  distances: z.array(positiveInteger).min(1).default([1]),
  force2D: z.boolean().default(false),
  force2Ddimension: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0),
  geometryTolerance: positive.nullable().default(null),
  gldm_a: count.default(0),
  gradientUseSpacing: z.boolean().default(true),
  interpolator: interpolator.default('bspline'),
  label: positiveInteger.default(1),
  lbp2DMethod: z.enum(['default', 'ror', 'uniform', 'var']).default('uniform'),
  lbp2DRadius: positive.default(1),
  lbp2DSamples: positiveInteger.default(8),
  lbp3DIcosphereRadius: positive.default(1),
  lbp3DIcosphereSubdivision: count.default(1),
  lbp3DLevels: positiveInteger.default(2),
  level: positiveInteger.default(1),
  minimumROIDimensions: z.int().min(1).max(3).default(2),
  minimumROISize: positiveInteger.nullable().default(null),
  normalize: z.boolean().default(false),
  normalizeScale: positive.default(1),
  padDistance: count.default(5),
  preCrop: z.boolean().default(false),
  removeOutliers: positive.nullable().default(null),
  resampledPixelSpacing: z.array(z.number().nonnegative()).length(3).nullable().default(null),
  resegmentMode: z.enum(['absolute', 'relative', 'sigma']).default('absolute'),
  resegmentRange: z.array(z.number()).min(1).max(2).nullable().default(null),
  resegmentShape: z.boolean().default(false),
  sigma: z.array(sigma).default([]),
  start_level: count.default(0),
  symmetricalGLCM: z.boolean().default(true),
  voxelArrayShift: z.number().default(0),
  wavelet: wavelet.default('coif1'),
  weightingNorm: z.enum(WEIGHTING_NORMS).nullable().default(null),
};

const schema = z.object(shapeOfSettings);

export type Settings = Readonly<z.infer<typeof schema>>;

export const SETTING_NAMES: readonly string[] = Object.keys(shapeOfSettings);

/** Known to PyRadiomics and left out here, with the reason. */
const NOT_SUPPORTED: Readonly<Record<string, string>> = {
  label_channel: 'masks with several channels cannot be read',
  kernelRadius: 'feature maps (voxel-based extraction) are not computed',
  maskedKernel: 'feature maps (voxel-based extraction) are not computed',
  initValue: 'feature maps (voxel-based extraction) are not computed',
  voxelBatch: 'feature maps (voxel-based extraction) are not computed',
};

/**
 * Checks settings as they stand in a parameter file (or in a model) and fills in the defaults.
 * @param where what the settings belong to, for the message: a file or an image type.
 * @throws InputError SETTING_UNSUPPORTED, naming the setting.
 */
export function parseSettings(given: Readonly<Record<string, unknown>>, where: string): Settings {
  for (const name of Object.keys(given)) refuseUnknown(name, where);
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const name = String(issue.path[0]);
  throw new InputError(
    'SETTING_UNSUPPORTED',
    `The setting ${name} in ${where} has the value ${JSON.stringify(given[name])}, which is not ` +
      `supported (${issue.message.replace(/\.$/, '')}): correct it.`,
  );
}

function refuseUnknown(name: string, where: string): void {
  if (SETTING_NAMES.includes(name)) return;
  const reason = NOT_SUPPORTED[name];
  throw new InputError(
    'SETTING_UNSUPPORTED',
    reason
      ? `The setting ${name} in ${where} is not supported (${reason}): remove it.`
      : `The setting ${name} in ${where} is not known: did you mean ${nearestName(name, SETTING_NAMES)}?`,
  );
}

/** What to extract: image types, feature classes and settings, as in a PyRadiomics parameter file. */
import { z } from 'zod';
import { InputError } from '../chain/errors';
import {
  ALL_FEATURE_KEYS,
  defaultFeatureKeys,
  FEATURE_CLASSES,
  isFeatureClass,
  isFeatureKey,
  WITHDRAWN_FEATURES,
  type FeatureClass,
  type FeatureKey,
} from '../features/names';
import { IMAGE_TYPES, imageNames, isImageType, type ImageType } from '../imageTypes/names';
import { nearestName } from './nearestName';
import { parseSettings, type Settings } from './settings';

/** An image type with the settings that hold for its filter and for its features. */
export interface ImageTypeRequest {
  readonly type: ImageType;
  readonly settings: Settings;
}

/** Settings and image types as they were given, without defaults. */
export interface GivenSettings {
  readonly setting: Readonly<Record<string, unknown>>;
  readonly imageType: Readonly<Record<string, unknown>>;
}

export interface ParameterSet {
  /** Settings of the preprocessing, and of image types without their own. */
  readonly settings: Settings;
  readonly imageTypes: readonly ImageTypeRequest[];
  /** In the order of the result. Shape is taken from the mask once. */
  readonly features: readonly FeatureKey[];
  readonly given: GivenSettings;
}

/** The classes in the order of a parameter file that names none. */
const CLASS_ORDER: readonly FeatureClass[] = [
  'firstorder',
  'glcm',
  'gldm',
  'glrlm',
  'glszm',
  'ngtdm',
  'shape',
];

const mapping = z.record(z.string(), z.unknown()).nullable().optional();
const documentSchema = z.strictObject({
  imageType: mapping,
  featureClass: mapping,
  setting: mapping,
  voxelSetting: mapping,
});

/**
 * @param where the file or preset, for messages.
 * @throws InputError SETTING_UNSUPPORTED or FEATURE_UNKNOWN, with the nearest valid name.
 */
export function parseParameterSet(document: unknown, where: string): ParameterSet {
  const result = documentSchema.safeParse(document ?? {});
  if (!result.success) throw refuseDocument(result.error.issues[0], where);
  const { imageType, featureClass, setting, voxelSetting } = result.data;
  const common = { ...setting, ...voxelSetting };
  return {
    settings: parseSettings(common, where),
    imageTypes: parseImageTypes(imageType ?? {}, common, where),
    features: parseFeatures(featureClass ?? {}, where),
    given: { setting: common, imageType: imageType ?? {} },
  };
}

const SECTIONS = ['imageType', 'featureClass', 'setting'];

function refuseDocument(issue: z.core.$ZodIssue, where: string): InputError {
  const [unknown] = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const reason = unknown
    ? `the section ${unknown}: did you mean ${nearestName(unknown, SECTIONS)}?`
    : `no sections of settings: it must have imageType, featureClass and setting.`;
  return new InputError('SETTING_UNSUPPORTED', `The parameter set ${where} has ${reason}`);
}

function parseImageTypes(
  given: Readonly<Record<string, unknown>>,
  common: Readonly<Record<string, unknown>>,
  where: string,
): ImageTypeRequest[] {
  const names = Object.keys(given);
  return (names.length > 0 ? names : ['Original']).map((type) => {
    if (!isImageType(type)) throw unknownName('image type', type, IMAGE_TYPES, where);
    const own = z.record(z.string(), z.unknown()).safeParse(given[type] ?? {});
    if (!own.success) {
      throw new InputError(
        'SETTING_UNSUPPORTED',
        `The image type ${type} in ${where} must be followed by its settings, or by {}.`,
      );
    }
    return { type, settings: parseSettings({ ...common, ...own.data }, `${where}, ${type}`) };
  });
}

function parseFeatures(given: Readonly<Record<string, unknown>>, where: string): FeatureKey[] {
  const names = Object.keys(given);
  return (names.length > 0 ? names : CLASS_ORDER).flatMap((featureClass) => {
    if (!isFeatureClass(featureClass)) {
      if (featureClass === 'shape2D') {
        throw new InputError(
          'SETTING_UNSUPPORTED',
          `The feature class shape2D in ${where} is not supported (shape is taken in three dimensions): remove it.`,
        );
      }
      throw unknownName('feature class', featureClass, FEATURE_CLASSES, where);
    }
    const features = z
      .array(z.string())
      .nullable()
      .safeParse(given[featureClass] ?? null);
    if (!features.success) {
      throw new InputError(
        'SETTING_UNSUPPORTED',
        `The feature class ${featureClass} in ${where} must be followed by a list of features, or by nothing.`,
      );
    }
    const chosen = features.data ?? [];
    return chosen.length > 0
      ? chosen.map((name) => featureKey(`${featureClass}_${name}`, where))
      : defaultFeatureKeys(featureClass);
  });
}

/** @throws InputError FEATURE_UNKNOWN with the nearest name, or with the name that replaced it. */
export function featureKey(name: string, where: string): FeatureKey {
  if (isFeatureKey(name)) return name;
  const replacement = Object.hasOwn(WITHDRAWN_FEATURES, name) ? WITHDRAWN_FEATURES[name] : null;
  if (replacement) {
    throw new InputError(
      'FEATURE_UNKNOWN',
      `The feature ${name} in ${where} is no longer computed by PyRadiomics: take ${replacement}, which has the same value.`,
    );
  }
  throw unknownName('feature', name, ALL_FEATURE_KEYS, where);
}

export function unknownName(
  kind: string,
  name: string,
  candidates: readonly string[],
  where: string,
): InputError {
  return new InputError(
    'FEATURE_UNKNOWN',
    `The ${kind} ${name} in ${where} is not known: did you mean ${nearestName(name, candidates)}?`,
  );
}

/** Full names (`wavelet-LLH_glcm_Contrast`) of all that a set extracts, in the order of the result. */
export function fullNames({ imageTypes, features }: ParameterSet): string[] {
  const isShape = (key: FeatureKey): boolean => key.startsWith('shape_');
  const shape = features.filter(isShape).map((key) => `original_${key}`);
  const others = features.filter((key) => !isShape(key));
  const images = imageTypes.flatMap(({ type, settings }) => imageNames(type, settings));
  return [...shape, ...images.flatMap((image) => others.map((key) => `${image}_${key}`))];
}

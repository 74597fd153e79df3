/** Which images have to be made, and which features taken from each of them. */
import { InputError } from '../chain/errors';
import { ALL_FEATURE_KEYS, type FeatureKey } from '../features/names';
import { imageNames, IMAGE_TYPES, type ImageType, type Sigma } from '../imageTypes/names';
import {
  featureKey,
  fullNames,
  unknownName,
  type ImageTypeRequest,
  type ParameterSet,
} from './parameterSet';
import { parseSettings, type Settings } from './settings';

/** Features by their full names, as a model lists them. */
export interface NamedFeatures {
  readonly names: readonly string[];
  /** PyRadiomics settings; those of filters (`wavelet`) as well. `sigma` follows from the names. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Features whose image the region is too small for are left out, not refused. */
  readonly partial?: boolean;
}

export interface ImagePlan extends ImageTypeRequest {
  /** Features of each image of this type that is wanted, by the image's name. */
  readonly features: ReadonlyMap<string, readonly FeatureKey[]>;
}

export interface Plan {
  readonly settings: Settings;
  readonly shape: readonly FeatureKey[];
  readonly images: readonly ImagePlan[];
  /** Full names in the order of the result. */
  readonly order: readonly string[];
  /** Every name must have a value. Otherwise images that the region is too small for are left out. */
  readonly complete: boolean;
}

const isShape = (key: FeatureKey): boolean => key.startsWith('shape_');

/** @throws InputError FEATURE_UNKNOWN or SETTING_UNSUPPORTED. */
export function planOf(what: ParameterSet | NamedFeatures): Plan {
  return 'names' in what ? planNames(what) : planSet(what);
}

function planSet(set: ParameterSet): Plan {
  const others = set.features.filter((key) => !isShape(key));
  return {
    settings: set.settings,
    shape: set.features.filter(isShape),
    images:
      others.length === 0
        ? []
        : set.imageTypes.map(({ type, settings }) => ({
            type,
            settings,
            features: new Map(imageNames(type, settings).map((name) => [name, others])),
          })),
    order: fullNames(set),
    complete: false,
  };
}

function planNames({ names, settings: given, partial = false }: NamedFeatures): Plan {
  const wanted = new Map<string, FeatureKey[]>();
  const shape: FeatureKey[] = [];
  for (const name of new Set(names)) {
    const [image, key] = splitName(name);
    if (image === 'original' && isShape(key)) shape.push(key);
    else wanted.set(image, [...(wanted.get(image) ?? []), key]);
  }
  const sigma = [...wanted.keys()].map(sigmaOf).filter((s) => s !== undefined);
  const settings = { ...parseSettings(given, 'the model'), sigma };
  const images = IMAGE_TYPES.map((type) => imagePlan(type, settings, wanted));
  refuseLeftOver(wanted, images, settings);
  return {
    settings,
    shape,
    images: images.filter(({ features }) => features.size > 0),
    order: names,
    complete: !partial,
  };
}

function splitName(name: string): [image: string, key: FeatureKey] {
  const at = name.indexOf('_');
  if (at < 0) {
    const all = ALL_FEATURE_KEYS.map((key) => `original_${key}`);
    throw unknownName('feature', name, all, 'the list of features');
  }
  const image = name.slice(0, at);
  const key = featureKey(name.slice(at + 1), 'the list of features');
  if (isShape(key) && image !== 'original') {
    throw new InputError(
      'FEATURE_UNKNOWN',
      `The feature ${name} does not exist, shape does not depend on the filter: take original_${key}.`,
    );
  }
  return [image, key];
}

function sigmaOf(image: string): Sigma | undefined {
  const match = /^log-sigma-(\d+(?:-\d+)?)-mm-3D$/.exec(image);
  if (!match) return undefined;
  const text = match[1].replace('-', '.');
  return Number(text) > 0 ? { mm: Number(text), text } : undefined;
}

function imagePlan(
  type: ImageType,
  settings: Settings,
  wanted: ReadonlyMap<string, readonly FeatureKey[]>,
): ImagePlan {
  const features = new Map<string, readonly FeatureKey[]>();
  for (const name of imageNames(type, settings)) {
    const keys = wanted.get(name);
    if (keys) features.set(name, keys);
  }
  return { type, settings, features };
}

function refuseLeftOver(
  wanted: ReadonlyMap<string, readonly FeatureKey[]>,
  images: readonly ImagePlan[],
  settings: Settings,
): void {
  const known = IMAGE_TYPES.flatMap((type) => imageNames(type, settings));
  for (const image of wanted.keys()) {
    if (images.some(({ features }) => features.has(image))) continue;
    throw unknownName('image type', image, known, 'the list of features');
  }
}

import { InputError } from '../chain/errors';
import type { Run } from '../chain/stage';
import { computeFeatures } from '../features/computeFeatures';
import type { FeatureKey } from '../features/names';
import { filteredImages } from '../imageTypes/all';
import type { Mask, Samples } from '../volume/volume';
import type { ParameterSet } from './parameterSet';
import { planOf, type ImagePlan, type NamedFeatures, type Plan } from './plan';
import { preprocess, type Preprocessed } from './preprocess';
import type { RadiomicsImage } from './radiomicsImage';
import type { Settings } from './settings';

/**
 * Radiomics features of one region with PyRadiomics' names, values and order.
 *
 * Every filtered image lives only while its features are taken; images and matrices that no wanted
 * feature needs are not made, shape is computed once.
 *
 * @param image intensities; an integer array gives integers when resampled, as in PyRadiomics.
 * @param mask the region, on the image's grid.
 * @param what a parameter set, or the full names of features and settings.
 * @throws InputError for what PyRadiomics refuses as well, and for names and settings not known.
 */
export async function extractRadiomics(
  image: RadiomicsImage,
  mask: Mask,
  what: ParameterSet | NamedFeatures,
  run: Run,
): Promise<Map<string, number>> {
  const plan = planOf(what);
  const silent: Run = { signal: run.signal, report: () => undefined };
  const prepared = preprocess(image, mask, plan.settings, silent);
  const values = shapeOf(prepared, plan);
  const total = plan.images.reduce((count, { features }) => count + features.size, 0);
  let done = 0;
  for (const part of plan.images) {
    for (const [name, found] of imageFeatures(prepared, part)) {
      for (const [key, value] of found) values.set(`${name}_${key}`, value);
      run.signal.throwIfAborted();
      done++;
      run.report(done / total, name);
      // Lets a cancel arrive between images.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
  return inOrder(values, plan);
}

export function shapeOf(prepared: Preprocessed, plan: Plan): Map<string, number> {
  if (plan.shape.length === 0) return new Map();
  const { image, shapeMask } = prepared;
  const found = takeFeatures(image.data, { image, mask: shapeMask }, plan.shape, plan.settings);
  return new Map([...found].map(([key, value]) => [`original_${key}`, value]));
}

/** The features of each image of one type. */
export function* imageFeatures(
  { image, mask }: Preprocessed,
  { type, settings, features }: ImagePlan,
): Generator<[image: string, features: ReadonlyMap<FeatureKey, number>]> {
  const wanted = new Set(features.keys());
  for (const { name, data } of filteredImages(type, image, mask, settings, wanted)) {
    const keys = features.get(name);
    if (keys) yield [name, takeFeatures(data, { image, mask }, keys, settings)];
  }
}

function takeFeatures(
  data: Samples,
  { image, mask }: Pick<Preprocessed, 'image' | 'mask'>,
  keys: readonly FeatureKey[],
  settings: Settings,
): Map<FeatureKey, number> {
  const { size, spacingMm } = image.grid;
  return computeFeatures({ size, spacingMm, image: data, mask: mask.data }, keys, settings);
}

export function inOrder(values: ReadonlyMap<string, number>, plan: Plan): Map<string, number> {
  const ordered = new Map<string, number>();
  for (const name of plan.order) {
    const value = values.get(name);
    if (value !== undefined) ordered.set(name, value);
    else if (plan.complete) {
      throw new InputError(
        'FEATURE_NOT_EVALUABLE',
        `The region's image is too small for the filter of ${name}: leave this feature out.`,
      );
    }
  }
  return ordered;
}

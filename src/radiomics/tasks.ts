/** The parts of an extraction that can be done one after the other or beside each other. */
import { InputError } from '../chain/errors';
import { computeFeatures } from '../features/computeFeatures';
import type { FeatureKey } from '../features/names';
import { findRegion, type RegionVoxels } from '../features/regionImage';
import { filteredImages } from '../imageTypes/all';
import type { ImageType } from '../imageTypes/names';
import type { Mask, Samples } from '../volume/volume';
import type { ImagePlan, Plan } from './plan';
import type { Preprocessed } from './preprocess';
import type { Settings } from './settings';

/** Plain data, so that it can go to a worker. */
export interface FeatureTask {
  /** Shape, or one image type. */
  readonly type: ImageType | 'Shape';
  readonly settings: Settings;
  /** The features wanted of each image, by the image's name. */
  readonly features: readonly (readonly [image: string, keys: readonly FeatureKey[]])[];
}

/** Full names and values. */
export type FeatureValues = readonly (readonly [name: string, value: number])[];

/**
 * The longest first, so that workers end together. Images of one type share work (the first axis
 * of a wavelet, the samples of lbp-3D); a type is split only where little is shared.
 */
export function tasksOf({ shape, images, settings }: Plan): FeatureTask[] {
  const tasks = images.flatMap(splitType);
  if (shape.length > 0) tasks.push({ type: 'Shape', settings, features: [['original', shape]] });
  return tasks.sort((a, b) => costOf(b) - costOf(a));
}

function splitType({ type, settings, features }: ImagePlan): FeatureTask[] {
  const entries = [...features];
  if (type === 'LoG') return entries.map((entry) => ({ type, settings, features: [entry] }));
  if (type !== 'Wavelet' || settings.level > 1) return [{ type, settings, features: entries }];
  const halves = ['L', 'H'].map((letter) =>
    entries.filter(([name]) => name.startsWith(`wavelet-${letter}`)),
  );
  return halves
    .filter((half) => half.length > 0)
    .map((half) => ({ type, settings, features: half }));
}

/** Roughly, in units of the features of one image. */
function costOf({ type, features }: FeatureTask): number {
  const filter: Partial<Record<FeatureTask['type'], number>> = { LBP3D: 5, LBP2D: 3, Wavelet: 1 };
  return features.length + (filter[type] ?? 0);
}

/** Takes the features of one image at a time. */
export function* runTask(
  { image, mask, shapeMask }: Preprocessed,
  { type, settings, features }: FeatureTask,
): Generator<{ image: string; values: FeatureValues }> {
  const take = (data: Samples, region: Mask, name: string, keys: readonly FeatureKey[]) => {
    const { size, spacingMm } = image.grid;
    const voxels = voxelsOf(region);
    const regionImage = { size, spacingMm, image: data, mask: region.data, region: voxels };
    const values = isDefined(data, voxels)
      ? computeFeatures(regionImage, keys, settings)
      : new Map(keys.map((key) => [key, NaN]));
    return { image: name, values: [...values].map(([key, v]) => [`${name}_${key}`, v] as const) };
  };
  if (type === 'Shape') {
    for (const [name, keys] of features) yield take(image.data, shapeMask, name, keys);
    return;
  }
  const keysOf = new Map(features);
  const wanted = new Set(keysOf.keys());
  for (const { name, data } of filteredImages(type, image, mask, settings, wanted)) {
    const keys = keysOf.get(name);
    if (keys) yield take(data, mask, name, keys);
  }
}

/**
 * Filters may have no value in flat places (the kurtosis of equal samples, the logarithm's scale of
 * an image of zeros). PyRadiomics fails there; the features of that image are not a number here.
 */
function isDefined(data: Samples, { offsets }: RegionVoxels): boolean {
  for (let i = 0; i < offsets.length; i++) {
    const value = data[offsets[i]];
    if (value - value !== 0) return false;
  }
  return true;
}

/** All images of an extraction have one or two masks, which nobody changes. */
const found = new WeakMap<Mask, RegionVoxels>();

function voxelsOf(mask: Mask): RegionVoxels {
  const known = found.get(mask);
  if (known) return known;
  const voxels = findRegion(mask.grid.size, mask.data);
  found.set(mask, voxels);
  return voxels;
}

/** The values in the plan's order; images that were too small for a filter are left out. */
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

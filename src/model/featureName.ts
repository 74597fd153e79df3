import { isFeatureKey } from '../features/names';

export interface FeatureDescription {
  readonly kind: 'radiomics' | 'voxelCount' | 'fraction';
  /** False for what does not look at an image: shape, voxel count, fraction. */
  readonly needsSequence: boolean;
}

/** Image types of PyRadiomics, as its feature names begin. */
const IMAGE_TYPE =
  /^(original|wavelet-[LH]{3}|log-sigma-\d+(-\d+)?-mm-3D|square|squareroot|logarithm|exponential|gradient|lbp-3D-(m\d+|k))$/;

/** What a name in a model file means; null when it is no name of this program. */
export function describeFeatureName(name: string): FeatureDescription | null {
  if (name === 'voxelCount' || name === 'fraction') return { kind: name, needsSequence: false };
  const [imageType, featureClass, feature, ...rest] = name.split('_');
  if (rest.length > 0 || !IMAGE_TYPE.test(imageType)) return null;
  if (!isFeatureKey(`${featureClass}_${feature}`)) return null;
  const isShape = featureClass === 'shape';
  if (isShape && imageType !== 'original') return null;
  return { kind: 'radiomics', needsSequence: !isShape };
}

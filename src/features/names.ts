/**
 * Every feature of PyRadiomics 3.1 by the name it has there. Within a class the order is that of a
 * PyRadiomics result; the classes follow the order of its module list.
 */

const FIRST_ORDER = [
  '10Percentile',
  '90Percentile',
  'Energy',
  'Entropy',
  'InterquartileRange',
  'Kurtosis',
  'Maximum',
  'MeanAbsoluteDeviation',
  'Mean',
  'Median',
  'Minimum',
  'Range',
  'RobustMeanAbsoluteDeviation',
  'RootMeanSquared',
  'Skewness',
  'TotalEnergy',
  'Uniformity',
  'Variance',
] as const;

const GLCM = [
  'Autocorrelation',
  'ClusterProminence',
  'ClusterShade',
  'ClusterTendency',
  'Contrast',
  'Correlation',
  'DifferenceAverage',
  'DifferenceEntropy',
  'DifferenceVariance',
  'Id',
  'Idm',
  'Idmn',
  'Idn',
  'Imc1',
  'Imc2',
  'InverseVariance',
  'JointAverage',
  'JointEnergy',
  'JointEntropy',
  'MCC',
  'MaximumProbability',
  'SumAverage',
  'SumEntropy',
  'SumSquares',
] as const;

const GLDM = [
  'DependenceEntropy',
  'DependenceNonUniformity',
  'DependenceNonUniformityNormalized',
  'DependenceVariance',
  'GrayLevelNonUniformity',
  'GrayLevelVariance',
  'HighGrayLevelEmphasis',
  'LargeDependenceEmphasis',
  'LargeDependenceHighGrayLevelEmphasis',
  'LargeDependenceLowGrayLevelEmphasis',
  'LowGrayLevelEmphasis',
  'SmallDependenceEmphasis',
  'SmallDependenceHighGrayLevelEmphasis',
  'SmallDependenceLowGrayLevelEmphasis',
] as const;

const GLRLM = [
  'GrayLevelNonUniformity',
  'GrayLevelNonUniformityNormalized',
  'GrayLevelVariance',
  'HighGrayLevelRunEmphasis',
  'LongRunEmphasis',
  'LongRunHighGrayLevelEmphasis',
  'LongRunLowGrayLevelEmphasis',
  'LowGrayLevelRunEmphasis',
  'RunEntropy',
  'RunLengthNonUniformity',
  'RunLengthNonUniformityNormalized',
  'RunPercentage',
  'RunVariance',
  'ShortRunEmphasis',
  'ShortRunHighGrayLevelEmphasis',
  'ShortRunLowGrayLevelEmphasis',
] as const;

const GLSZM = [
  'GrayLevelNonUniformity',
  'GrayLevelNonUniformityNormalized',
  'GrayLevelVariance',
  'HighGrayLevelZoneEmphasis',
  'LargeAreaEmphasis',
  'LargeAreaHighGrayLevelEmphasis',
  'LargeAreaLowGrayLevelEmphasis',
  'LowGrayLevelZoneEmphasis',
  'SizeZoneNonUniformity',
  'SizeZoneNonUniformityNormalized',
  'SmallAreaEmphasis',
  'SmallAreaHighGrayLevelEmphasis',
  'SmallAreaLowGrayLevelEmphasis',
  'ZoneEntropy',
  'ZonePercentage',
  'ZoneVariance',
] as const;

const NGTDM = ['Busyness', 'Coarseness', 'Complexity', 'Contrast', 'Strength'] as const;

const SHAPE = [
  'Elongation',
  'Flatness',
  'LeastAxisLength',
  'MajorAxisLength',
  'Maximum2DDiameterColumn',
  'Maximum2DDiameterRow',
  'Maximum2DDiameterSlice',
  'Maximum3DDiameter',
  'MeshVolume',
  'MinorAxisLength',
  'Sphericity',
  'SurfaceArea',
  'SurfaceVolumeRatio',
  'VoxelVolume',
] as const;

/** Computed when a class is enabled without naming features. */
export const DEFAULT_FEATURES = {
  firstorder: FIRST_ORDER,
  glcm: GLCM,
  gldm: GLDM,
  glrlm: GLRLM,
  glszm: GLSZM,
  ngtdm: NGTDM,
  shape: SHAPE,
} as const;

/** Marked deprecated in PyRadiomics: computed only when asked for by name. */
export const OPTIONAL_FEATURES = {
  firstorder: ['StandardDeviation'],
  glcm: [],
  gldm: [],
  glrlm: [],
  glszm: [],
  ngtdm: [],
  shape: ['Compactness1', 'Compactness2', 'SphericalDisproportion'],
} as const;

export type FeatureClass = keyof typeof DEFAULT_FEATURES;

export const FEATURE_CLASSES = [
  'firstorder',
  'glcm',
  'gldm',
  'glrlm',
  'glszm',
  'ngtdm',
  'shape',
] as const satisfies readonly FeatureClass[];

/** Feature names of one class, without the class. */
export type FeatureName<Class extends FeatureClass> =
  (typeof DEFAULT_FEATURES)[Class][number] | (typeof OPTIONAL_FEATURES)[Class][number];

/** `class_Name`, as in a column of a PyRadiomics result without the image type. */
export type FeatureKey = {
  [Class in FeatureClass]: `${Class}_${FeatureName<Class>}`;
}[FeatureClass];

/**
 * Names that PyRadiomics still knows but gives no value for, and the feature that holds the same
 * number; null where the value is a constant.
 */
export const WITHDRAWN_FEATURES: Readonly<Record<string, FeatureKey | null>> = {
  glcm_Dissimilarity: 'glcm_DifferenceAverage',
  glcm_Homogeneity1: 'glcm_Id',
  glcm_Homogeneity2: 'glcm_Idm',
  glcm_SumVariance: 'glcm_ClusterTendency',
  gldm_GrayLevelNonUniformityNormalized: 'firstorder_Uniformity',
  gldm_DependencePercentage: null,
};

function keysOf(table: Readonly<Record<FeatureClass, readonly string[]>>): Set<string> {
  return new Set(FEATURE_CLASSES.flatMap((name) => table[name].map((f) => `${name}_${f}`)));
}

const defaultKeys = keysOf(DEFAULT_FEATURES);
const optionalKeys = keysOf(OPTIONAL_FEATURES);

export function isFeatureKey(name: string): name is FeatureKey {
  return defaultKeys.has(name) || optionalKeys.has(name);
}

export function isFeatureClass(name: string): name is FeatureClass {
  return Object.hasOwn(DEFAULT_FEATURES, name);
}

/** What PyRadiomics computes when the class is enabled without names, in its order. */
export function defaultFeatureKeys(featureClass: FeatureClass): FeatureKey[] {
  return DEFAULT_FEATURES[featureClass]
    .map((name) => `${featureClass}_${name}`)
    .filter((key) => isFeatureKey(key));
}

/** Every name that has a value, default and optional. */
export const ALL_FEATURE_KEYS: readonly FeatureKey[] = [...defaultKeys, ...optionalKeys].filter(
  (key) => isFeatureKey(key),
);

export function classOf(key: FeatureKey): FeatureClass {
  const name = key.slice(0, key.indexOf('_'));
  if (!isFeatureClass(name)) throw new Error(`No feature class in ${key}`);
  return name;
}

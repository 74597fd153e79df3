import { parseParameterSet, type ParameterSet } from './parameterSet';

/** Bin width 25 on 1 mm voxels, cubic B-spline: the project's standard (docs/numerics.md). */
const setting = {
  binWidth: 25,
  resampledPixelSpacing: [1, 1, 1],
  interpolator: 'sitkBSpline',
  additionalInfo: false,
};

/** 22 images: original, 8 wavelet bands, 5 LoG, 4 point operations, gradient, 3 lbp-3D. */
const allImageTypes = {
  Original: {},
  Wavelet: { wavelet: 'coif1' },
  LoG: { sigma: [1, 2, 3, 4, 5] },
  Square: {},
  SquareRoot: {},
  Logarithm: {},
  Exponential: {},
  Gradient: {},
  LBP3D: {},
};

const texture = { glcm: null, glrlm: null, glszm: null, gldm: null, ngtdm: null };

/** GLCM without SumAverage and MCC, as in PyRadiomics' example settings. */
const exampleGlcm = [
  'Autocorrelation',
  'JointAverage',
  'ClusterProminence',
  'ClusterShade',
  'ClusterTendency',
  'Contrast',
  'Correlation',
  'DifferenceAverage',
  'DifferenceEntropy',
  'DifferenceVariance',
  'JointEnergy',
  'JointEntropy',
  'Imc1',
  'Imc2',
  'Idm',
  'Idmn',
  'Id',
  'Idn',
  'InverseVariance',
  'MaximumProbability',
  'SumEntropy',
  'SumSquares',
];

const documents = {
  /** 14 shape + 22 images x 86: the count of the published signature's conventional features. */
  paper1906: {
    imageType: allImageTypes,
    featureClass: {
      firstorder: null,
      shape: null,
      glcm: exampleGlcm,
      glrlm: null,
      glszm: null,
      gldm: null,
    },
    setting,
  },
  /** 14 shape + 22 images x 93. */
  full: {
    imageType: allImageTypes,
    featureClass: { firstorder: null, shape: null, ...texture },
    setting,
  },
  /** 14 shape + 93 of the original image. */
  orig107: {
    imageType: { Original: {} },
    featureClass: { firstorder: null, shape: null, ...texture },
    setting,
  },
  /** 93 of the original image, as for habitats. */
  orig93: {
    imageType: { Original: {} },
    featureClass: { firstorder: null, ...texture },
    setting,
  },
} as const;

export type PresetName = keyof typeof documents;

export const PRESET_NAMES = [
  'paper1906',
  'full',
  'orig107',
  'orig93',
] as const satisfies readonly PresetName[];

export function isPresetName(name: string): name is PresetName {
  return Object.hasOwn(documents, name);
}

export function preset(name: PresetName): ParameterSet {
  return parseParameterSet(documents[name], `the preset ${name}`);
}

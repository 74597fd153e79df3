import { InputError } from '../chain/errors';

/** How the matrices of several directions become one; PyRadiomics' `weightingNorm`. */
export const WEIGHTING_NORMS = ['manhattan', 'euclidean', 'infinity', 'no_weighting'] as const;
export type WeightingNorm = (typeof WEIGHTING_NORMS)[number];

/** Settings of the feature classes, with PyRadiomics' names and defaults. */
export interface FeatureSettings {
  /** Width of a grey level bin, in intensity units; unused when `binCount` is set. */
  readonly binWidth: number;
  /** Number of bins between minimum and maximum; null for fixed width. */
  readonly binCount: number | null;
  /** Neighbour distances in voxels (infinity norm) for GLCM, GLDM and NGTDM. */
  readonly distances: readonly number[];
  readonly symmetricalGLCM: boolean;
  /** null: features per direction, then their mean. Otherwise: weighted sum of matrices first. */
  readonly weightingNorm: WeightingNorm | null;
  /** Largest grey level difference of a dependent neighbour (GLDM). */
  readonly gldm_a: number;
  /** Added to each voxel in Energy, TotalEnergy and RootMeanSquared. */
  readonly voxelArrayShift: number;
  /** Look for neighbours only inside planes. */
  readonly force2D: boolean;
  /** The axis that is left out with `force2D`: 0 is z, 1 is y, 2 is x. */
  readonly force2Ddimension: 0 | 1 | 2;
}

export const DEFAULT_FEATURE_SETTINGS: FeatureSettings = {
  binWidth: 25,
  binCount: null,
  distances: [1],
  symmetricalGLCM: true,
  weightingNorm: null,
  gldm_a: 0,
  voxelArrayShift: 0,
  force2D: false,
  force2Ddimension: 0,
};

function refuse(setting: string, rule: string, value: unknown): never {
  throw new InputError(
    'SETTING_UNSUPPORTED',
    `The setting ${setting} must be ${rule}, but it is ${JSON.stringify(value)}: correct it in the settings file.`,
  );
}

/** @throws InputError SETTING_UNSUPPORTED, naming the setting. */
export function checkFeatureSettings(settings: FeatureSettings): void {
  const { binWidth, binCount, distances, gldm_a, voxelArrayShift } = settings;
  if (binCount === null && !(binWidth > 0 && Number.isFinite(binWidth))) {
    refuse('binWidth', 'a number greater than 0', binWidth);
  }
  if (binCount !== null && !(Number.isInteger(binCount) && binCount > 0)) {
    refuse('binCount', 'a whole number greater than 0', binCount);
  }
  const wholeSteps = distances.every((d) => Number.isInteger(d) && d > 0);
  if (distances.length === 0 || !wholeSteps || new Set(distances).size !== distances.length) {
    refuse('distances', 'a list of different whole numbers greater than 0', distances);
  }
  if (!(Number.isInteger(gldm_a) && gldm_a >= 0)) {
    refuse('gldm_a', 'a whole number, 0 or greater', gldm_a);
  }
  if (!Number.isFinite(voxelArrayShift)) refuse('voxelArrayShift', 'a number', voxelArrayShift);
}

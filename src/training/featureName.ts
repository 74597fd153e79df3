import { REGIONS, SEQUENCES, type RegionId, type SequenceId } from '../model/schema';

/** What a column of a feature table measures. */
export interface MeasuredFeature {
  readonly region: RegionId;
  /** null for shape, voxel count and fraction, which do not look at an image. */
  readonly sequence: SequenceId | null;
  /** PyRadiomics name, `voxelCount` or `fraction`. */
  readonly feature: string;
}

/** `peritumour.fsT2.wavelet-LLH_glcm_Contrast`, `tumour.original_shape_Sphericity`, `habitat1.fraction` */
export function columnName({ region, sequence, feature }: MeasuredFeature): string {
  return [region, ...(sequence === null ? [] : [sequence]), feature].join('.');
}

/** null when the column is not a feature of ours. */
export function parseColumnName(name: string): MeasuredFeature | null {
  const [first, second, ...rest] = name.split('.');
  const region = REGIONS.find((candidate) => candidate === first);
  if (region === undefined || !second) return null;
  const sequence = SEQUENCES.find((candidate) => candidate === second);
  const feature = (sequence === undefined ? [second, ...rest] : rest).join('.');
  return feature === '' ? null : { region, sequence: sequence ?? null, feature };
}

import type { MeasuredFeature } from './featureName';

/**
 * The paper compares 18 signatures: 4 conventional, 9 baseline-habitat and 5 habitat ones. Its
 * text names the best, "Peri-tumor + Habitat_combined"; which regions make up the others is our
 * reading of the counts (docs/decisions/0011-signatures.md).
 */
export type SignatureGroup = 'conventional' | 'baseline-habitat' | 'habitat';

export interface Signature {
  readonly name: string;
  readonly group: SignatureGroup;
  /** A table without a column for one of them cannot train this signature. */
  readonly parts: readonly Member[];
}

/** Columns of the table that the signature may use, ascending; null when a part has none. */
export function membersOf(
  { parts }: Signature,
  features: readonly MeasuredFeature[],
): number[] | null {
  if (!parts.every((part) => features.some(part))) return null;
  return features.flatMap((feature, j) => (parts.some((part) => part(feature)) ? [j] : []));
}

type Member = (feature: MeasuredFeature) => boolean;

const isSize: Member = ({ feature }) => feature === 'voxelCount' || feature === 'fraction';
const isHabitat: Member = ({ region }) => region.startsWith('habitat');
const ofRegion =
  (...regions: readonly MeasuredFeature['region'][]): Member =>
  (feature) =>
    regions.includes(feature.region) && !isSize(feature);

const BASELINE: readonly (readonly [string, Member])[] = [
  ['Tumor', ofRegion('tumour')],
  ['Peri-tumor', ofRegion('peritumour')],
  ['Expansion', ofRegion('expansion')],
];

const habitatTexture = (['habitat1', 'habitat2', 'habitat3'] as const).map((region) =>
  ofRegion(region),
);
const habitatSize: Member = (feature) => isHabitat(feature) && isSize(feature);

const HABITATS: readonly (readonly [string, readonly Member[]])[] = [
  ['Habitat_1', [habitatTexture[0]]],
  ['Habitat_2', [habitatTexture[1]]],
  ['Habitat_3', [habitatTexture[2]]],
  ['Habitat_combined', habitatTexture],
  ['Habitat_voxels', [habitatSize]],
];

/** Of the habitat sets, those that join a baseline region. */
const JOINED: readonly (readonly [string, readonly Member[]])[] = [
  HABITATS[3],
  HABITATS[4],
  ['Habitat_combined + Habitat_voxels', [...habitatTexture, habitatSize]],
];

export const SIGNATURES: readonly Signature[] = [
  ...BASELINE.map(([name, includes]): Signature => ({
    name,
    group: 'conventional',
    parts: [includes],
  })),
  {
    name: 'Tumor + Peri-tumor',
    group: 'conventional',
    parts: [ofRegion('tumour'), ofRegion('peritumour')],
  },
  ...BASELINE.flatMap(([baseline, inBaseline]) =>
    JOINED.map(([habitat, inHabitat]): Signature => ({
      name: `${baseline} + ${habitat}`,
      group: 'baseline-habitat',
      parts: [inBaseline, ...inHabitat],
    })),
  ),
  ...HABITATS.map(([name, parts]): Signature => ({ name, group: 'habitat', parts })),
];

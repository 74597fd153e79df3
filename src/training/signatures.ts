import type { MeasuredFeature } from './featureName';

/**
 * The paper compares 18 signatures: 4 conventional, 9 baseline-habitat and 5 habitat ones. Its
 * text names the best, "Peri-tumor + Habitat_combined"; which regions make up the others is our
 * reading of the counts (docs/decisions/signatures.md).
 */
export type SignatureGroup = 'conventional' | 'baseline-habitat' | 'habitat';

export interface Signature {
  readonly name: string;
  readonly group: SignatureGroup;
  includes(feature: MeasuredFeature): boolean;
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

const HABITATS: readonly (readonly [string, Member])[] = [
  ['Habitat_1', ofRegion('habitat1')],
  ['Habitat_2', ofRegion('habitat2')],
  ['Habitat_3', ofRegion('habitat3')],
  ['Habitat_combined', (feature) => isHabitat(feature) && !isSize(feature)],
  ['Habitat_voxels', (feature) => isHabitat(feature) && isSize(feature)],
];

/** Of the habitat sets, those that join a baseline region. */
const JOINED: readonly (readonly [string, Member])[] = [
  HABITATS[3],
  HABITATS[4],
  ['Habitat_combined + Habitat_voxels', isHabitat],
];

export const SIGNATURES: readonly Signature[] = [
  ...BASELINE.map(([name, includes]): Signature => ({ name, group: 'conventional', includes })),
  {
    name: 'Tumor + Peri-tumor',
    group: 'conventional',
    includes: ofRegion('tumour', 'peritumour'),
  },
  ...BASELINE.flatMap(([baseline, inBaseline]) =>
    JOINED.map(([habitat, inHabitat]): Signature => ({
      name: `${baseline} + ${habitat}`,
      group: 'baseline-habitat',
      includes: (feature) => inBaseline(feature) || inHabitat(feature),
    })),
  ),
  ...HABITATS.map(([name, includes]): Signature => ({ name, group: 'habitat', includes })),
];

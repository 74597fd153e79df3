/** The columns of a cohort's table: which feature of which region on which sequence, in order. */
import { InputError } from '../chain/errors';
import type { WantedFeature } from '../chain/measureFeatures';
import { describeFeatureName } from '../model/featureName';
import { SEQUENCES, type Model, type RegionId } from '../model/schema';
import { fullNames, parseParameterSet } from '../radiomics/parameterSet';
import { preset } from '../radiomics/presets';
import type { FeatureChoice, FeatureChoices } from './settings';
import { isRecord } from './withDefaults';

const REGIONS: readonly RegionId[] = ['tumour', 'peritumour', 'expansion'];
const HABITATS: readonly RegionId[] = ['habitat1', 'habitat2', 'habitat3'];

/** @throws InputError SETTING_UNSUPPORTED, FEATURE_UNKNOWN */
export function featureList(
  choices: FeatureChoices,
  extraction: Model['extraction'],
): WantedFeature[] {
  const regions = namesOf(choices.regions, extraction, 'features.regions');
  const habitats = namesOf(choices.habitats, extraction, 'features.habitats');
  return [
    ...REGIONS.flatMap((region) => [size(region, 'voxelCount'), ...measured(region, regions)]),
    ...HABITATS.flatMap((region) => [
      size(region, 'voxelCount'),
      size(region, 'fraction'),
      ...measured(region, habitats),
    ]),
  ];
}

function namesOf(
  choice: FeatureChoice,
  { settings }: Model['extraction'],
  where: string,
): string[] {
  if (typeof choice !== 'string') refuseOwnSettings(choice.imageType ?? {}, where);
  const set =
    typeof choice === 'string'
      ? preset(choice)
      : parseParameterSet({ ...choice, setting: settings }, where);
  const names = [...new Set(fullNames(set))];
  const unknown = names.find((feature) => describeFeatureName(feature) === null);
  if (unknown === undefined) return names;
  throw new InputError(
    'SETTING_UNSUPPORTED',
    `The features of ${where} include ${unknown}, which a model file cannot name: leave its image type out.`,
  );
}

/** A model has one set of settings for all of its images; only sigma shows in the features' names. */
function refuseOwnSettings(imageTypes: Readonly<Record<string, unknown>>, where: string): void {
  for (const [type, settings] of Object.entries(imageTypes)) {
    const own = Object.keys(isRecord(settings) ? settings : {});
    const other = own.find((name) => !(type === 'LoG' && name === 'sigma'));
    if (other === undefined) continue;
    throw new InputError(
      'SETTING_UNSUPPORTED',
      `${where} sets ${other} for the image type ${type} only, but a model has one set of settings for all images: move it to extraction.settings.`,
    );
  }
}

function measured(region: RegionId, names: readonly string[]): WantedFeature[] {
  const shape = names.filter((feature) => !needsSequence(feature));
  const others = names.filter(needsSequence);
  return [
    ...shape.map((feature) => ({ region, sequence: null, feature })),
    ...SEQUENCES.flatMap((sequence) => others.map((feature) => ({ region, sequence, feature }))),
  ];
}

function needsSequence(feature: string): boolean {
  return describeFeatureName(feature)?.needsSequence ?? true;
}

function size(region: RegionId, feature: 'voxelCount' | 'fraction'): WantedFeature {
  return { region, sequence: null, feature };
}

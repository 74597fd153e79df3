import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { FeatureContribution, FeatureValue } from '../../chain/analysis';
import type { Model, RegionId, SequenceId } from '../../model/schema';
import { PRIVATE_SCHEME, UNITS, code } from '../codes';
import type { Code } from '../codes';
import { cut } from '../commonModules';
import type { ReportInput } from '../outputTypes';
import { shapeConcept } from './shapeConcepts';
import { AlgorithmIdentification, Measurement } from './templates';

/**
 * Every feature of the score as two measurements: its value, and its part of the RPRS. IBSI codes are
 * used for shapes only: the images are standardised to the model's scale, and many come from filters,
 * so the values of other features are not what those codes stand for.
 */

export const SEQUENCE_NAMES: Readonly<Record<SequenceId, string>> = {
  fsT2: 'FS-T2WI',
  ceT1: 'CE-T1WI',
};
export const REGION_NAMES: Readonly<Record<RegionId, string>> = {
  tumour: 'Tumour',
  peritumour: 'Ring',
  expansion: 'Expansion',
  habitat1: 'Habitat 1',
  habitat2: 'Habitat 2',
  habitat3: 'Habitat 3',
};

/** Features of the regions given. @param named Region names are put into the meanings. */
export function featureMeasurements(
  input: ReportInput,
  regions: readonly RegionId[],
  named = false,
): Measurement[] {
  const { prognosis } = input.analysis;
  const among = ({ region }: FeatureValue): boolean => regions.includes(region);
  return prognosis.evaluable
    ? prognosis.contributions.filter(among).flatMap((one) => measurementsOf(one, input, named))
    : prognosis.features.filter(among).flatMap((one) => valueOf(one, input, named));
}

/** Of a result without a score: the names of the features that could not be measured. */
export function missingFeatures({
  analysis: { prognosis },
}: Pick<ReportInput, 'analysis'>): string[] {
  if (prognosis.evaluable) return [];
  return prognosis.features.filter(({ value }) => !isNumber(value)).map(whatOf);
}

function measurementsOf(
  contribution: FeatureContribution,
  input: ReportInput,
  named: boolean,
): Measurement[] {
  const { model } = input;
  const part = contribution.contribution;
  const scored = new AlgorithmIdentification(model.name, model.version, [
    whatOf(contribution),
    scoring(contribution),
  ]);
  return [
    ...valueOf(contribution, input, named),
    new Measurement(featureConcept('C', contribution, named), part, UNITS.none, scored),
  ];
}

function valueOf(feature: FeatureValue, input: ReportInput, named: boolean): Measurement[] {
  if (!isNumber(feature.value)) return [];
  // In a group that is about another region the code of a shape would say too little.
  const shape = named ? null : shapeConcept(feature);
  const { name, unit } = shape ?? { name: featureConcept('F', feature, named), unit: UNITS.none };
  return [new Measurement(name, feature.value, unit, measuredBy(feature, input))];
}

function measuredBy(
  feature: FeatureValue,
  { analysis, model }: ReportInput,
): AlgorithmIdentification {
  const { version, name } = analysis.provenance.software;
  return new AlgorithmIdentification(`${name} features (PyRadiomics definitions)`, version, [
    whatOf(feature),
    extractionSettings(model),
  ]);
}

/** Read back: `Habitat 1, FS-T2WI, original_glcm_Contrast`. */
function whatOf(feature: FeatureValue): string {
  return `${REGION_NAMES[feature.region]}, ${sequenceName(feature)}, ${feature.feature}`;
}

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

/**
 * F… value, C… part of the RPRS: a letter and 10 hexadecimal digits of the SHA-256 of
 * `region|sequence|feature`, the same in every report.
 */
export function featureConcept(
  kind: 'F' | 'C',
  { region, sequence, feature }: Pick<FeatureValue, 'region' | 'sequence' | 'feature'>,
  named = false,
): Code {
  const digits = bytesToHex(sha256(utf8ToBytes(`${region}|${sequence ?? ''}|${feature}`)));
  const words = [
    kind === 'C' ? 'RPRS part' : '',
    named ? REGION_NAMES[region] : '',
    sequence ? SEQUENCE_NAMES[sequence] : '',
    shortName(feature),
  ];
  const meaning = words.filter((word) => word !== '').join(' ');
  return code(`${kind}${digits.slice(0, 10)}`, PRIVATE_SCHEME, cut(meaning, 64));
}

/** `log-sigma-5-0-mm-3D_glszm_ZoneEntropy` -> `LoG 5 mm glszm ZoneEntropy`: meanings hold 64 characters. */
function shortName(feature: string): string {
  return feature
    .replace(/^original_/, '')
    .replace(/^log-sigma-(\d+)-(\d+)-mm-3D_/, (_, whole: string, tenth: string) =>
      tenth === '0' ? `LoG ${whole} mm ` : `LoG ${whole}.${tenth} mm `,
    )
    .replaceAll('_', ' ');
}

function sequenceName({ sequence }: FeatureValue): string {
  return sequence ? SEQUENCE_NAMES[sequence] : 'no image';
}

function extractionSettings({ extraction }: Model): string {
  return `Image: ${extraction.image}; settings: ${JSON.stringify(extraction.settings)}`;
}

function scoring({ harmonised, z, coefficient, imputed }: FeatureContribution): string {
  const origin = imputed
    ? 'value imputed from training'
    : `value after harmonisation ${String(harmonised)}`;
  return `${origin}; z ${z}; coefficient ${coefficient}; part of the score = coefficient x z`;
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { FeatureContribution } from '../../chain/analysis';
import type { Model, RegionId, SequenceId } from '../../model/schema';
import { PRIVATE_SCHEME, UNITS, code } from '../codes';
import type { Code } from '../codes';
import { cut } from '../commonModules';
import type { ReportInput } from '../outputTypes';
import { AlgorithmIdentification, Measurement } from './templates';

/**
 * Every feature of the score as two measurements: its value, and its part of the RPRS. IBSI codes are
 * not used: the images are standardised to the model's scale, and many come from filters, so the
 * values are not what those codes stand for.
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
  return input.analysis.prognosis.contributions
    .filter(({ region }) => regions.includes(region))
    .flatMap((contribution) => measurementsOf(contribution, input, named));
}

function measurementsOf(
  contribution: FeatureContribution,
  { analysis, model }: ReportInput,
  named: boolean,
): Measurement[] {
  const { version, name } = analysis.provenance.software;
  const { value, contribution: part } = contribution;
  const what = `${REGION_NAMES[contribution.region]}, ${sequenceName(contribution)}, ${contribution.feature}`;
  const measured = new AlgorithmIdentification(
    `${name} features (PyRadiomics definitions)`,
    version,
    [what, extractionSettings(model)],
  );
  const scored = new AlgorithmIdentification(model.name, model.version, [
    what,
    scoring(contribution),
  ]);
  return [
    ...(value !== null && Number.isFinite(value)
      ? [new Measurement(featureConcept('F', contribution, named), value, UNITS.none, measured)]
      : []),
    new Measurement(featureConcept('C', contribution, named), part, UNITS.none, scored),
  ];
}

/**
 * F… value, C… part of the RPRS: a letter and 10 hexadecimal digits of the SHA-256 of
 * `region|sequence|feature`, the same in every report.
 */
export function featureConcept(
  kind: 'F' | 'C',
  { region, sequence, feature }: Pick<FeatureContribution, 'region' | 'sequence' | 'feature'>,
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

function sequenceName({ sequence }: FeatureContribution): string {
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

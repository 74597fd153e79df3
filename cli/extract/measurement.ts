/** How a cohort is to be measured: from --settings, or from --artefacts. */
import { InputError } from '../../src/chain/errors';
import { featureList } from '../../src/cohort/featureList';
import {
  EXTRACT_DEFAULTS,
  parseExtractSettings,
  unfitted,
  type ExtractSettings,
} from '../../src/cohort/settings';
import { parseModel } from '../../src/model/parseModel';
import { isPresetName } from '../../src/radiomics/presets';
import { parseArtefacts } from '../../src/training/settings';
import { readJsonIfThere, readSettingsFile } from '../settingsFile';
import type { Measurement } from './extractCohort';

/** @throws InputError SETTING_UNSUPPORTED, FEATURE_UNKNOWN, FILE_UNREADABLE */
export async function measurementBySettings(settings: string | undefined): Promise<Measurement> {
  const parsed = await readSettings(settings);
  // Names that are not known are refused before the first image is read.
  featureList(parsed.features, parsed.extraction);
  return { kind: 'fit', settings: parsed };
}

async function readSettings(settings: string | undefined): Promise<ExtractSettings> {
  if (settings === undefined) return EXTRACT_DEFAULTS;
  if (isPresetName(settings)) {
    return parseExtractSettings({ features: { regions: settings } }, `The preset ${settings}`);
  }
  return parseExtractSettings(await readSettingsFile(settings), settings);
}

/**
 * Artefacts of an earlier extraction, or a model: then its own features are taken.
 * @throws InputError FILE_UNREADABLE, MODEL_INVALID
 */
export async function measurementByArtefacts(file: string): Promise<Measurement> {
  const json = await readJsonIfThere(file);
  if (json === undefined) {
    throw new InputError('FILE_UNREADABLE', `${file} does not exist: check --artefacts.`);
  }
  if (typeof json === 'object' && json !== null && 'features' in json && 'nomogram' in json) {
    const { preprocessing, habitats, extraction, features } = parseModel(json);
    return {
      kind: 'frozen',
      artefacts: { preprocessing, habitats, extraction },
      preprocessing: unfitted(preprocessing),
      features: features.map(({ region, sequence, feature }) => ({ region, sequence, feature })),
    };
  }
  const artefacts = parseArtefacts(json, file);
  const { preprocessing, extraction, features = EXTRACT_DEFAULTS.features } = artefacts;
  return {
    kind: 'frozen',
    artefacts,
    preprocessing: unfitted(preprocessing),
    features: featureList(features, extraction),
  };
}

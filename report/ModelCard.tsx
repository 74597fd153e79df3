import type { Model } from '../src/model/schema';
import { Facts, RESEARCH_STATEMENT } from './Page';
import { interval, short } from './format';

/** What TRIPOD+AI (Collins 2024) and CLAIM 2024 ask to be reported of a model, from the model file. */
export function ModelCard({
  model,
  limits,
  performance,
}: {
  readonly model: Model;
  readonly limits: readonly string[];
  readonly performance: string;
}) {
  const { preprocessing, habitats, extraction, nomogram, combat, training } = model;
  const { biasField } = preprocessing;
  return (
    <Facts
      facts={[
        ['Model', `${model.name}, version ${model.version} (${model.status})`],
        ['Intended use', model.intendedUse],
        ['Not for', RESEARCH_STATEMENT],
        ['Outcome', model.endpoint],
        [
          'Training data',
          `${training.description}: ${training.patients} patients, ${training.events} events, ${training.centres} batches`,
        ],
        [
          'Predictors',
          `${model.features.length} radiomics or habitat features in the RPRS; RPRS and age in the nomogram`,
        ],
        [
          'Missing values',
          'A feature that cannot be measured counts as its training mean; the viewer says so',
        ],
        [
          'Model',
          `Selection: univariable Cox, Spearman, mRMR, LASSO-Cox with cross-validated penalty; nomogram: Cox, ${nomogram.ties} ties`,
        ],
        ['Performance', performance],
        [
          'Calibration',
          'Groups of equal size, in the model file and the reports; a slope below 1 in new patients means that risks are too far apart',
        ],
        [
          'Subgroups',
          'C-index by scanner batch in the training report; sex, histology and grade are not known to the program and were not evaluated',
        ],
        [
          'Validation',
          model.validations.length === 0
            ? 'None in the model file'
            : model.validations
                .map(
                  (entry) =>
                    `${entry.description}: ${entry.patients} patients, ${entry.events} events, C ${entry.cIndex?.toFixed(3) ?? '–'}${entry.cIndexInterval ? ` (${interval(entry.cIndexInterval)})` : ''}`,
                )
                .join('; '),
        ],
        [
          'Images',
          `FS-T2WI and CE-T1WI; registration ${preprocessing.registration.method}; bias field ${biasField.method}; voxels ${preprocessing.resampling.spacingMm.join(' × ')} mm (${preprocessing.resampling.image}); ring ${preprocessing.regions.ringWidthMm} mm`,
        ],
        [
          'Habitats',
          `${habitats.names.join(', ')}; pattern ${habitats.patternAsPublished ? 'as published' : 'not as published'}`,
        ],
        [
          'Features',
          `PyRadiomics definitions on the ${extraction.image} images, settings ${JSON.stringify(extraction.settings)}`,
        ],
        [
          'Harmonisation',
          combat === null
            ? 'None'
            : `ComBat (${combat.variant}), ${combat.referenceBatch === null ? 'no reference batch' : `reference batch ${combat.referenceBatch}`}; batches ${Object.entries(
                combat.batches,
              )
                .map(([name, { patients }]) => `${name} (${patients})`)
                .join(', ')}. A patient of another batch is scored unharmonised and labelled so`,
        ],
        [
          'Horizons',
          `${nomogram.horizonsMonths.join(', ')} months; follow-up ends at ${short(nomogram.followUpMonths)} months`,
        ],
        ['Risk groups', model.riskGroup.origin],
        [
          'Limits',
          <ul key="limits">
            {limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>,
        ],
        ['Device UID', model.deviceUid],
        ['Hash', model.hash],
      ]}
    />
  );
}

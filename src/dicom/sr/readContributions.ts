import type { FeatureContribution, FeatureValue } from '../../chain/analysis';
import { SEQUENCES } from '../../model/schema';
import type { RegionId } from '../../model/schema';
import { ALGORITHM, REMARKS } from '../report/concepts';
import { REGION_NAMES, SEQUENCE_NAMES } from '../report/featureMeasurements';
import { SHAPE_NAMES } from '../report/shapeConcepts';
import { all, children, first, means, numberOf, textOf } from './contentReader';
import type { ReadItem } from './contentReader';

/** Values (F…) and parts of the RPRS (C…), as `featureMeasurements` names them; values of shapes have IBSI codes. */
const FEATURE = /^([FC])[0-9a-f]{10}$/;
const SCORING =
  /^(value imputed from training|value after harmonisation (\S+)); z (\S+); coefficient (\S+);/;

/**
 * The features of the score from the items of a group. Where the archive has stripped the private codes or
 * the parameters, features are left out.
 */
export function readContributions(items: readonly ReadItem[]): FeatureContribution[] {
  const values = new Map<string, number>();
  for (const item of items) {
    const value = numberOf(item);
    if (isValue(item) && value !== undefined) values.set(whatOf(item), value);
  }
  return items.flatMap((item) => {
    const contribution = numberOf(item);
    if (kindOf(item) !== 'C' || contribution === undefined) return [];
    const [what, scoring] = all(children(item), ALGORITHM.parameters).map(textOf);
    const feature = featureOf(what ?? '');
    const [, origin, harmonised, z, coefficient] = SCORING.exec(scoring ?? '') ?? [];
    if (!feature || origin === undefined) return [];
    return [
      {
        ...feature,
        value: values.get(what) ?? null,
        harmonised: harmonised === undefined || harmonised === 'null' ? null : Number(harmonised),
        z: Number(z),
        coefficient: Number(coefficient),
        contribution,
        imputed: harmonised === undefined,
      },
    ];
  });
}

/**
 * Of a report without a score: what could be measured, and what could not.
 * @param remarks of the report
 */
export function readFeatureValues(
  items: readonly ReadItem[],
  remarks: readonly ReadItem[],
): FeatureValue[] {
  const measured = items.flatMap((item) => {
    const value = numberOf(item);
    if (!isValue(item) || value === undefined) return [];
    const feature = featureOf(whatOf(item));
    return feature ? [{ ...feature, value }] : [];
  });
  const missing = all(remarks, REMARKS.missingFeature).flatMap((item) => {
    const feature = featureOf(textOf(item));
    return feature ? [{ ...feature, value: null }] : [];
  });
  return [...missing, ...measured];
}

function kindOf({ name }: ReadItem): string | undefined {
  return FEATURE.exec(name.value)?.[1];
}

function isValue(item: ReadItem): boolean {
  return kindOf(item) === 'F' || SHAPE_NAMES.some((shape) => means(item.name, shape));
}

/** The first parameter of the algorithm names the feature. */
function whatOf(item: ReadItem): string {
  return textOf(first(children(item), ALGORITHM.parameters));
}

/** `Habitat 1, FS-T2WI, original_glcm_Contrast` */
function featureOf(what: string): Omit<FeatureValue, 'value'> | null {
  const [regionName, sequenceName, feature] = what.split(', ');
  const region = (Object.keys(REGION_NAMES) as RegionId[]).find(
    (id) => REGION_NAMES[id] === regionName,
  );
  if (!region || !feature) return null;
  const sequence = SEQUENCES.find((id) => SEQUENCE_NAMES[id] === sequenceName) ?? null;
  return { region, sequence, feature };
}

import { describeFeatureName } from './featureName';
import { SEQUENCES } from './schema';
import type { Model, ModelFeature } from './schema';

export interface Disagreement {
  readonly path: string;
  readonly reason: string;
}

/** What the schema cannot say: entries that must agree with each other. null when all do. */
export function crossCheck(model: Model): Disagreement | null {
  return (
    checkStandardisation(model) ??
    checkFeatures(model.features) ??
    checkCombat(model) ??
    checkNomogram(model)
  );
}

function checkStandardisation(model: Model): Disagreement | null {
  const { percentiles, standard } = model.preprocessing.standardisation;
  const path = 'preprocessing.standardisation';
  if (!ascending(percentiles) || percentiles.some((p) => p < 0 || p > 100)) {
    return { path: `${path}.percentiles`, reason: 'percentiles must rise between 0 and 100' };
  }
  for (const sequence of SEQUENCES) {
    if (standard[sequence].length !== percentiles.length) {
      return {
        path: `${path}.standard.${sequence}`,
        reason: `${standard[sequence].length} landmarks for ${percentiles.length} percentiles`,
      };
    }
    if (!ascending(standard[sequence])) {
      return { path: `${path}.standard.${sequence}`, reason: 'landmarks must rise' };
    }
  }
  if (model.habitats.channelSd.some((sd) => !(sd > 0))) {
    return { path: 'habitats.channelSd', reason: 'a standard deviation must be above 0' };
  }
  return null;
}

function checkFeatures(features: readonly ModelFeature[]): Disagreement | null {
  const seen = new Set<string>();
  for (const [i, feature] of features.entries()) {
    const path = `features[${i}]`;
    const reason = featureProblem(feature);
    if (reason !== null) return { path: `${path}.feature`, reason };
    if (feature.range[0] > feature.range[1]) {
      return { path: `${path}.range`, reason: 'the smaller value comes first' };
    }
    const key = `${feature.region} ${feature.sequence ?? ''} ${feature.feature}`;
    if (seen.has(key)) return { path, reason: `${key} is there twice` };
    seen.add(key);
  }
  return null;
}

function featureProblem({ region, sequence, feature }: ModelFeature): string | null {
  const described = describeFeatureName(feature);
  if (described === null) return `"${feature}" is not a feature that this program knows`;
  if (described.kind === 'fraction' && !region.startsWith('habitat')) {
    return 'only a habitat has a fraction';
  }
  if (described.needsSequence && sequence === null) return `"${feature}" needs a sequence`;
  if (!described.needsSequence && sequence !== null) {
    return `"${feature}" does not look at an image, so its sequence must be null`;
  }
  return null;
}

function checkCombat({ combat, features }: Model): Disagreement | null {
  if (combat === null) return null;
  const lists: [string, readonly number[]][] = [
    ['grandMean', combat.grandMean],
    ['pooledVariance', combat.pooledVariance],
  ];
  for (const [name, batch] of Object.entries(combat.batches)) {
    lists.push([`batches.${name}.gamma`, batch.gamma]);
    lists.push([`batches.${name}.deltaSquared`, batch.deltaSquared]);
  }
  for (const [name, values] of lists) {
    if (values.length !== features.length) {
      return {
        path: `combat.${name}`,
        reason: `${values.length} values for ${features.length} features`,
      };
    }
  }
  if (combat.pooledVariance.some((variance) => !(variance > 0))) {
    return { path: 'combat.pooledVariance', reason: 'a variance must be above 0' };
  }
  if (combat.referenceBatch !== null && !Object.hasOwn(combat.batches, combat.referenceBatch)) {
    return { path: 'combat.referenceBatch', reason: 'it is not one of the batches' };
  }
  return null;
}

function checkNomogram({ nomogram }: Model): Disagreement | null {
  const names = nomogram.covariates.map(({ name }) => name);
  if (new Set(names).size !== names.length || !names.includes('rprs')) {
    return { path: 'nomogram.covariates', reason: 'rprs must be there, and each covariate once' };
  }
  const axis = nomogram.covariates.findIndex(({ axis: [from, to] }) => from >= to);
  if (axis >= 0) {
    return { path: `nomogram.covariates[${axis}].axis`, reason: 'the smaller value comes first' };
  }
  if (!ascending(nomogram.baselineHazard.map(({ months }) => months))) {
    return { path: 'nomogram.baselineHazard', reason: 'the months must rise' };
  }
  const hazards = nomogram.baselineHazard.map(({ cumulativeHazard }) => cumulativeHazard);
  if (hazards.some((h, i) => h < 0 || (i > 0 && h < hazards[i - 1]))) {
    return { path: 'nomogram.baselineHazard', reason: 'a cumulative hazard cannot fall' };
  }
  if (!ascending(nomogram.horizonsMonths)) {
    return { path: 'nomogram.horizonsMonths', reason: 'the horizons must rise' };
  }
  return null;
}

function ascending(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value > values[i - 1]);
}

/**
 * ComBat for a new patient of a known batch: the training's parameters are applied, nothing is
 * estimated. References: Johnson 2007 (Biostatistics 8:118); Fortin 2018 (NeuroImage 167:104), whose
 * neuroCombatFromTraining does the same. Without covariates:
 *   Z = (Y - a) / s,   Y* = s (Z - gamma*) / delta* + a.
 */
import type { Model } from '../model/schema';

type CombatParameters = NonNullable<Model['combat']>;

export type Harmonisation =
  | { readonly applied: true; readonly values: readonly (number | null)[]; readonly batch: string }
  | {
      readonly applied: false;
      readonly values: readonly (number | null)[];
      readonly reason: string;
    };

/**
 * `values`: one for each model feature, in the model's order; null (not evaluable) stays null.
 * One patient of an unknown batch cannot be harmonised: the values come back as they are.
 */
export function harmonise(
  values: readonly (number | null)[],
  combat: CombatParameters | null,
  batch: string | null,
): Harmonisation {
  if (combat === null) {
    return { applied: false, values, reason: 'The model has no ComBat parameters.' };
  }
  if (batch === null) {
    return { applied: false, values, reason: 'The scanner batch of this study is not known.' };
  }
  if (!Object.hasOwn(combat.batches, batch)) {
    return {
      applied: false,
      values,
      reason: `The model was not trained on scanner batch "${batch}", and one patient alone cannot be harmonised.`,
    };
  }
  const { gamma, deltaSquared } = combat.batches[batch];
  // The reference batch of a reference-batch ComBat stays as it is.
  if (batch === combat.referenceBatch) return { applied: true, values, batch };
  return {
    applied: true,
    batch,
    values: values.map((value, i) => {
      if (value === null) return null;
      const centre = combat.grandMean[i];
      const scale = Math.sqrt(combat.pooledVariance[i]);
      const z = (value - centre) / scale;
      return (scale * (z - gamma[i])) / Math.sqrt(deltaSquared[i]) + centre;
    }),
  };
}

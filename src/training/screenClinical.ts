/** Univariable Cox model (Efron) of age and every further clinical column. */
import { isInputError } from '../chain/errors';
import { harrellC } from '../survival/concordance';
import { fitCox } from '../survival/cox';
import { normalTwoSidedP, Z_975 } from '../survival/distributions';
import type { Cohort } from './cohort';

export type ClinicalAssociation =
  | {
      readonly name: string;
      readonly hazardRatio: number;
      readonly interval: readonly [number, number];
      readonly p: number;
      readonly c: number;
    }
  | { readonly name: string; readonly reason: string };

export function screenClinical({ data, age, clinical }: Cohort): ClinicalAssociation[] {
  return [{ name: 'age', values: age }, ...clinical].map(({ name, values }) => {
    try {
      const fit = fitCox(data, [values], [name], 'efron');
      const [coefficient] = fit.coefficients;
      const [error] = fit.standardErrors;
      return {
        name,
        hazardRatio: Math.exp(coefficient),
        interval: [
          Math.exp(coefficient - Z_975 * error),
          Math.exp(coefficient + Z_975 * error),
        ] as const,
        p: normalTwoSidedP(coefficient / error),
        c: harrellC(
          data,
          values.map((value) => coefficient * value),
        ).c,
      };
    } catch (error) {
      if (!isInputError(error)) throw error;
      return { name, reason: error.message };
    }
  });
}

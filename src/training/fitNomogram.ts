/** The nomogram: Cox model of RPRS and age, its baseline hazard, and the cut-off of its risk groups. */
import { baselineHazard } from '../survival/baselineHazard';
import { fitCox, linearPredictor, type CoxFit, type Ties } from '../survival/cox';
import { maximallySelectedCut, type MaximallySelected } from '../survival/cutPoint';
import type { Model } from '../model/schema';
import type { Cohort } from './cohort';

export interface FittedNomogram {
  readonly fit: CoxFit;
  readonly names: readonly ['rprs', 'age'];
  readonly axes: readonly (readonly [number, number])[];
  /** Mean of the uncentred linear predictor. */
  readonly centre: number;
  /** Centred linear predictor of each patient. */
  readonly predictor: readonly number[];
  readonly baselineHazard: Model['nomogram']['baselineHazard'];
  /** On the centred linear predictor. */
  readonly cut: MaximallySelected;
}

/** @throws InputError MODEL_FIT when a covariate is constant or separates the events */
export function fitNomogram(
  { data, age }: Pick<Cohort, 'data' | 'age'>,
  rprs: readonly number[],
  ties: Ties,
  followUpMonths: number,
): FittedNomogram {
  const covariates = [rprs, age];
  const fit = fitCox(data, covariates, ['RPRS', 'age'], ties);
  const uncentred = linearPredictor(fit.coefficients, covariates);
  const centre = uncentred.reduce((sum, value) => sum + value, 0) / uncentred.length;
  const predictor = uncentred.map((value) => value - centre);
  const hazard = baselineHazard(data, predictor, ties);
  return {
    fit,
    names: ['rprs', 'age'],
    axes: covariates.map((values) => [Math.min(...values), Math.max(...values)] as const),
    centre,
    predictor,
    baselineHazard: steps(hazard.time, hazard.cumulativeHazard, followUpMonths),
    cut: maximallySelectedCut(data, predictor),
  };
}

/** Only the times at which the hazard rises. */
function steps(
  time: readonly number[],
  cumulative: readonly number[],
  last: number,
): Model['nomogram']['baselineHazard'] {
  return time.flatMap((months, k) => {
    const rises = cumulative[k] > (k === 0 ? 0 : cumulative[k - 1]);
    return rises && months <= last ? [{ months, cumulativeHazard: cumulative[k] }] : [];
  });
}

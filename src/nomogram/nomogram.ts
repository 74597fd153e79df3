/**
 * The nomogram of a Cox model: points per covariate and in total, as R's rms::nomogram gives them,
 * risk at the model's horizons, and the risk group.
 *
 * R_j = [min, max] of b_j x_j over the axis; scale = 100 / max_j (R_j,max - R_j,min);
 * points_j = scale (b_j x_j - R_j,min). Values beyond an axis give points below 0 or above 100.
 */
import type { Flag, HorizonRisk, NomogramPoints } from '../chain/analysis';
import type { Model } from '../model/schema';
import { riskAt } from './cox';

export type CovariateValues = Readonly<Record<'rprs' | 'age', number>>;

export interface NomogramReading {
  /** Centred: the model's centre is subtracted. */
  readonly linearPredictor: number;
  readonly points: readonly NomogramPoints[];
  readonly totalPoints: number;
  readonly risks: readonly HorizonRisk[];
  readonly group: 'high' | 'low';
  readonly flags: readonly Flag[];
}

type Nomogram = Model['nomogram'];
type Covariate = Nomogram['covariates'][number];

export function readNomogram(
  { nomogram, riskGroup }: Pick<Model, 'nomogram' | 'riskGroup'>,
  values: CovariateValues,
): NomogramReading {
  const linearPredictor =
    nomogram.covariates.reduce((sum, c) => sum + c.coefficient * values[c.name], 0) -
    nomogram.centre;
  const scale = pointsPerUnit(nomogram);
  const points = nomogram.covariates.map((covariate) => ({
    covariate: covariate.name,
    value: values[covariate.name],
    points: scale * (covariate.coefficient * values[covariate.name] - effectRange(covariate)[0]),
  }));
  const onScale = riskGroup.scale === 'rprs' ? values.rprs : linearPredictor;
  return {
    linearPredictor,
    points,
    totalPoints: points.reduce((sum, entry) => sum + entry.points, 0),
    risks: nomogram.horizonsMonths.map((months) => ({
      months,
      risk: riskAt(nomogram.baselineHazard, linearPredictor, months),
    })),
    group: onScale > riskGroup.cutoff ? 'high' : 'low',
    flags: [...axisFlags(nomogram, values), ...horizonFlags(nomogram)],
  };
}

/** Points for one unit of the linear predictor. */
export function pointsPerUnit(nomogram: Nomogram): number {
  const widest = nomogram.covariates
    .map(effectRange)
    .reduce((most, [low, high]) => Math.max(most, high - low), 0);
  return widest > 0 ? 100 / widest : 0;
}

/** Smallest and largest contribution to the linear predictor over the covariate's axis. */
export function effectRange({ coefficient, axis }: Covariate): [number, number] {
  const ends = axis.map((value) => coefficient * value);
  return [Math.min(...ends), Math.max(...ends)];
}

function axisFlags(nomogram: Nomogram, values: CovariateValues): Flag[] {
  return nomogram.covariates
    .filter(({ name, axis: [from, to] }) => values[name] < from || values[name] > to)
    .map(({ name, label, unit, axis: [from, to] }) => ({
      code: name === 'age' ? 'AGE_OUT_OF_RANGE' : 'RPRS_OUT_OF_RANGE',
      stage: 'score',
      message: `${label} is ${Number(values[name].toPrecision(4))}${unit === '' ? '' : ` ${unit}`}, outside the range on which the model was trained (${from} to ${to}): its risk is extrapolated.`,
    }));
}

function horizonFlags({ horizonsMonths, followUpMonths }: Nomogram): Flag[] {
  const beyond = horizonsMonths.filter((months) => months > followUpMonths);
  if (beyond.length === 0) return [];
  return [
    {
      code: 'HORIZON_BEYOND_FOLLOW_UP',
      stage: 'score',
      message: `The risk at ${beyond.join(', ')} months lies beyond the follow-up of the training patients (${followUpMonths} months).`,
    },
  ];
}

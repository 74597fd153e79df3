/** What a report shows of predictions in one cohort; nothing is fitted but the calibration slope. */
import { isInputError } from '../chain/errors';
import { brierScore, integratedBrier } from '../survival/brier';
import { calibration, type CalibrationGroup } from '../survival/calibration';
import { harrellC, unoC, type Concordance } from '../survival/concordance';
import { fitCox } from '../survival/cox';
import type { SurvivalData } from '../survival/data';
import { decisionCurve, type NetBenefit } from '../survival/decisionCurve';
import { Z_975 } from '../survival/distributions';
import { kaplanMeier, medianFollowUp, survivalAt } from '../survival/kaplanMeier';
import { compareAuc, timeDependentAuc, type Contrast } from '../survival/timeDependentAuc';
import { timeDependentRoc, type RocPoint } from '../survival/timeDependentRoc';

/** One model's predictions for every row. */
export interface Predictions {
  readonly name: string;
  /** A higher value means an earlier event. */
  readonly score: readonly number[];
  /** Probability of the event by a time. */
  readonly risk: (months: number) => readonly number[];
}

export interface HorizonFigures {
  readonly months: number;
  readonly auc: { readonly value: number; readonly interval: readonly [number, number] } | null;
  readonly roc: readonly RocPoint[] | null;
  /** Against the first model; null for the first. */
  readonly contrast: Contrast | null;
  readonly brier: number | null;
  readonly brierKaplanMeier: number | null;
}

export interface ErrorCurve {
  readonly times: readonly number[];
  readonly model: readonly number[];
  readonly kaplanMeier: readonly number[];
  readonly integrated: number;
  readonly integratedKaplanMeier: number;
}

export interface ModelFigures {
  readonly name: string;
  readonly harrell: Concordance;
  readonly uno: Concordance;
  readonly horizons: readonly HorizonFigures[];
  readonly error: ErrorCurve | null;
}

export interface CalibrationFigures {
  readonly months: number;
  readonly groups: readonly CalibrationGroup[];
  /** 1 - Kaplan-Meier, divided by the mean predicted risk. */
  readonly observedToExpected: number;
}

export interface DecisionFigures {
  readonly months: number;
  readonly curves: readonly { readonly name: string; readonly points: readonly NetBenefit[] }[];
}

export interface PredictionFigures {
  readonly patients: number;
  readonly events: number;
  /** Reverse Kaplan-Meier; null when fewer than half were censored. */
  readonly medianFollowUp: number | null;
  readonly models: readonly ModelFigures[];
  /** Of the first model. */
  readonly calibration: readonly CalibrationFigures[];
  readonly slope: { readonly value: number; readonly interval: readonly [number, number] } | null;
  readonly decision: readonly DecisionFigures[];
}

const THRESHOLDS = Array.from({ length: 40 }, (_, k) => (k + 1) / 50);
const PATIENTS_PER_GROUP = 15;
const MOST_GROUPS = 4;

/** @param brierTimes grid from 0; the part of it that this cohort was followed over is used */
export function evaluatePredictions(
  data: SurvivalData,
  models: readonly Predictions[],
  horizons: readonly number[],
  brierTimes: readonly number[],
): PredictionFigures {
  const last = Math.max(...data.time);
  const reached = horizons.filter((months) => months < last);
  const [first] = models;
  const tau = Math.max(...(reached.length > 0 ? reached : [last]));
  return {
    patients: data.time.length,
    events: data.event.reduce((sum, value) => sum + value, 0),
    medianFollowUp: medianFollowUp(data),
    models: models.map((model, m) => ({
      name: model.name,
      harrell: harrellC(data, model.score),
      uno: unoC(data, model.score, tau),
      horizons: horizons.map((months) =>
        horizonFigures(data, model, m === 0 ? null : first, months),
      ),
      error: errorCurve(
        data,
        model,
        brierTimes.filter((time) => time < last),
      ),
    })),
    calibration: reached.map((months) => calibrationFigures(data, first.risk(months), months)),
    slope: slopeOf(data, first.score),
    decision: reached.map((months) => ({
      months,
      curves: models.map((model) => ({
        name: model.name,
        points: decisionCurve(data, model.risk(months), months, THRESHOLDS),
      })),
    })),
  };
}

function horizonFigures(
  data: SurvivalData,
  model: Predictions,
  reference: Predictions | null,
  months: number,
): HorizonFigures {
  const roc = timeDependentRoc(data, model.score, months);
  if (roc === null) {
    return { months, auc: null, roc, contrast: null, brier: null, brierKaplanMeier: null };
  }
  const auc = timeDependentAuc(data, model.score, months);
  const marginal = 1 - survivalAt(kaplanMeier(data), months);
  return {
    months,
    auc: { value: auc.auc, interval: auc.interval },
    roc,
    contrast: reference ? compareAuc(auc, timeDependentAuc(data, reference.score, months)) : null,
    brier: brierScore(data, model.risk(months), months).brier,
    brierKaplanMeier: brierScore(
      data,
      data.time.map(() => marginal),
      months,
    ).brier,
  };
}

function errorCurve(
  data: SurvivalData,
  model: Predictions,
  times: readonly number[],
): ErrorCurve | null {
  if (times.length < 2) return null;
  const curve = kaplanMeier(data);
  const modelled = times.map((time) => brierScore(data, model.risk(time), time).brier);
  const marginal = times.map((time) => {
    const risk = 1 - survivalAt(curve, time);
    return brierScore(
      data,
      data.time.map(() => risk),
      time,
    ).brier;
  });
  return {
    times,
    model: modelled,
    kaplanMeier: marginal,
    integrated: integratedBrier(times, modelled),
    integratedKaplanMeier: integratedBrier(times, marginal),
  };
}

function calibrationFigures(
  data: SurvivalData,
  risk: readonly number[],
  months: number,
): CalibrationFigures {
  const observed = 1 - survivalAt(kaplanMeier(data), months);
  const expected = risk.reduce((sum, value) => sum + value, 0) / risk.length;
  return {
    months,
    groups: calibrationAt(data, risk, months),
    observedToExpected: observed / expected,
  };
}

/** In as many groups as the number of patients allows. */
export function calibrationAt(
  data: SurvivalData,
  risk: readonly number[],
  months: number,
): CalibrationGroup[] {
  const count = Math.floor(risk.length / PATIENTS_PER_GROUP);
  return (
    calibration(data, risk, months, Math.max(2, Math.min(MOST_GROUPS, count)))
      .filter(({ rows }) => rows > 0)
      // Where everybody had the event, the interval is degenerate as well.
      .map((group) => (group.interval?.some(Number.isNaN) ? { ...group, interval: null } : group))
  );
}

function slopeOf(data: SurvivalData, score: readonly number[]): PredictionFigures['slope'] {
  try {
    const fit = fitCox(data, [score], ['the linear predictor'], 'efron');
    const [value] = fit.coefficients;
    const [error] = fit.standardErrors;
    return { value, interval: [value - Z_975 * error, value + Z_975 * error] };
  } catch (error) {
    if (!isInputError(error)) throw error;
    return null;
  }
}

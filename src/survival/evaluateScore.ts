/** Discrimination and calibration of one risk score in one table of right-censored follow-up. */
import { InputError, isInputError } from '../chain/errors';
import { baselineHazard } from './baselineHazard';
import { brierCurve, brierScore, integratedBrier } from './brier';
import { harrellC, unoC, type Concordance } from './concordance';
import { fitCox } from './cox';
import { requireSurvivalData, type SurvivalData } from './data';
import { normalTwoSidedP, Z_975 } from './distributions';
import { evaluateGroups, type GroupEvaluation } from './evaluateGroups';
import { kaplanMeier, medianFollowUp, survivalAt, type KaplanMeier } from './kaplanMeier';
import { timeDependentAuc } from './timeDependentAuc';

export interface HorizonEvaluation {
  readonly horizon: number;
  /** Rows with the event by the horizon, rows followed beyond it, rows censored before. */
  readonly cases: number;
  readonly controls: number;
  readonly censoredBefore: number;
  readonly auc: number | null;
  readonly aucStandardError: number | null;
  readonly aucInterval: readonly [number, number] | null;
  readonly brier: number | null;
  readonly brierStandardError: number | null;
  readonly brierInterval: readonly [number, number] | null;
  /** Brier score of the Kaplan-Meier estimate, which knows nothing of the score. */
  readonly brierKaplanMeier: number | null;
  /** Why there are no numbers. */
  readonly reason?: string;
}

export interface CalibrationSlope {
  readonly slope: number;
  readonly standardError: number;
  readonly interval: readonly [number, number];
  readonly p: number;
}

export interface ScoreEvaluation {
  readonly rows: number;
  readonly events: number;
  /** Reverse Kaplan-Meier; null when fewer than half were censored. */
  readonly medianFollowUp: number | null;
  readonly harrell: Concordance;
  readonly uno: Concordance & { readonly tau: number };
  readonly horizons: readonly HorizonEvaluation[];
  readonly integratedBrier: {
    readonly from: 0;
    readonly to: number;
    readonly score: number;
    readonly kaplanMeier: number;
    /** 1 - score / kaplanMeier. */
    readonly explained: number;
  } | null;
  /** Cox coefficient of the score here; 1 where the score is a well-calibrated linear predictor. */
  readonly calibrationSlope: CalibrationSlope | null;
  readonly groups: GroupEvaluation | null;
  /** What could not be computed, and why. */
  readonly notes: readonly string[];
}

export interface EvaluationSettings {
  readonly horizons: readonly number[];
  /** Last time that Uno's C looks at. */
  readonly tau: number;
  /** Above: high risk. */
  readonly cut?: number;
}

/**
 * Brier scores need probabilities: they are those of a Cox model (Efron) of the score fitted on
 * these rows, so they tell how well the score can be calibrated here, not how well it was.
 * @param score a higher value means an earlier event
 * @throws InputError TABLE_INVALID when no row has an event or no two rows can be compared
 */
export function evaluateScore(
  data: SurvivalData,
  score: readonly number[],
  settings: EvaluationSettings,
): ScoreEvaluation {
  requireSurvivalData(data);
  const harrell = requireComparable(harrellC(data, score), data);
  const calibrated = calibrate(data, score);
  const curve = kaplanMeier(data);
  const horizons = settings.horizons.map((horizon) =>
    evaluateHorizon(data, score, horizon, calibrated.risk && calibrated.risk(horizon), curve),
  );
  return {
    rows: data.time.length,
    events: data.event.reduce((sum, value) => sum + value, 0),
    medianFollowUp: medianFollowUp(data),
    harrell,
    uno: { ...unoC(data, score, settings.tau), tau: settings.tau },
    horizons,
    integratedBrier:
      calibrated.risk === null ? null : integrate(data, horizons, calibrated.risk, curve),
    calibrationSlope: calibrated.slope,
    groups:
      settings.cut === undefined
        ? null
        : evaluateGroups(data, score, settings.cut, settings.horizons),
    notes: calibrated.reason === undefined ? [] : [calibrated.reason],
  };
}

function requireComparable(found: Concordance, { event }: SurvivalData): Concordance {
  if (Number.isFinite(found.c)) return found;
  throw new InputError(
    'TABLE_INVALID',
    event.includes(1)
      ? 'No two rows can be compared, because nobody was followed beyond the first event: there is nothing to evaluate.'
      : `None of the ${event.length} rows has an event: there is nothing to evaluate.`,
  );
}

interface Calibrated {
  readonly slope: CalibrationSlope | null;
  /** Probability of the event by a time, for each row; null without a slope. */
  readonly risk: ((horizon: number) => number[]) | null;
  readonly reason?: string;
}

function calibrate(data: SurvivalData, score: readonly number[]): Calibrated {
  try {
    const fit = fitCox(data, [score], ['score'], 'efron');
    const [slope] = fit.coefficients;
    const [standardError] = fit.standardErrors;
    const spread = Z_975 * standardError;
    return {
      slope: {
        slope,
        standardError,
        interval: [slope - spread, slope + spread],
        p: normalTwoSidedP(slope / standardError),
      },
      risk: riskPredictor(
        data,
        score.map((value) => slope * value),
      ),
    };
  } catch (error) {
    if (!isInputError(error)) throw error;
    const reason = `No calibration slope and no Brier scores: ${error.message}`;
    return { slope: null, risk: null, reason };
  }
}

function riskPredictor(
  data: SurvivalData,
  predictor: readonly number[],
): (horizon: number) => number[] {
  // Centred, so that a score far from 0 does not overflow; the hazard belongs to the centre.
  const centre = predictor.reduce((sum, value) => sum + value, 0) / predictor.length;
  const centred = predictor.map((value) => value - centre);
  const hazard = baselineHazard(data, centred, 'efron');
  const relative = centred.map(Math.exp);
  return (horizon) => {
    const step = hazard.time.findLastIndex((time) => time <= horizon);
    const cumulative = step < 0 ? 0 : hazard.cumulativeHazard[step];
    return relative.map((value) => -Math.expm1(-cumulative * value));
  };
}

function evaluateHorizon(
  data: SurvivalData,
  score: readonly number[],
  horizon: number,
  risk: readonly number[] | null,
  curve: KaplanMeier,
): HorizonEvaluation {
  const cases = data.time.filter((time, row) => time <= horizon && data.event[row] === 1).length;
  const controls = data.time.filter((time) => time > horizon).length;
  const counts = { horizon, cases, controls, censoredBefore: data.time.length - cases - controls };
  try {
    const auc = timeDependentAuc(data, score, horizon);
    const brier = risk && brierScore(data, risk, horizon);
    return {
      ...counts,
      auc: auc.auc,
      aucStandardError: auc.standardError,
      aucInterval: auc.interval,
      brier: brier && brier.brier,
      brierStandardError: brier && brier.standardError,
      brierInterval: brier && brier.interval,
      brierKaplanMeier: brierScore(data, marginalRisk(data, curve, horizon), horizon).brier,
    };
  } catch (error) {
    if (!isInputError(error)) throw error;
    return {
      ...counts,
      auc: null,
      aucStandardError: null,
      aucInterval: null,
      brier: null,
      brierStandardError: null,
      brierInterval: null,
      brierKaplanMeier: null,
      reason: error.message,
    };
  }
}

function marginalRisk(data: SurvivalData, curve: KaplanMeier, horizon: number): number[] {
  return new Array<number>(data.time.length).fill(1 - survivalAt(curve, horizon));
}

/** Over every distinct time from 0 to the last horizon that could be evaluated. */
function integrate(
  data: SurvivalData,
  horizons: readonly HorizonEvaluation[],
  predictRisk: (horizon: number) => readonly number[],
  curve: KaplanMeier,
): ScoreEvaluation['integratedBrier'] {
  const last = Math.max(
    ...horizons.flatMap((entry) => (entry.brier === null ? [] : entry.horizon)),
  );
  if (!Number.isFinite(last)) return null;
  const grid = [...new Set([0, last, ...data.time.filter((time) => time <= last)])].sort(
    (a, b) => a - b,
  );
  const score = integratedBrier(grid, brierCurve(data, predictRisk, grid));
  const marginal = (time: number): readonly number[] => marginalRisk(data, curve, time);
  const reference = integratedBrier(grid, brierCurve(data, marginal, grid));
  return { from: 0, to: last, score, kaplanMeier: reference, explained: 1 - score / reference };
}

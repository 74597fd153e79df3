/** Discrimination and calibration of one risk score in one table of right-censored follow-up. */
import { isInputError } from '../chain/errors';
import { baselineHazard } from './baselineHazard';
import { brierScore, integratedBrier } from './brier';
import { harrellC, unoC, type Concordance } from './concordance';
import { fitCox } from './cox';
import { requireSurvivalData, type SurvivalData } from './data';
import { normalTwoSidedP } from './distributions';
import { kaplanMeier, survivalAt } from './kaplanMeier';
import { logRank } from './logRank';
import { timeDependentAuc } from './timeDependentAuc';

export interface HorizonEvaluation {
  readonly horizon: number;
  readonly auc: number | null;
  readonly aucStandardError: number | null;
  readonly aucInterval: readonly [number, number] | null;
  readonly brier: number | null;
  readonly brierStandardError: number | null;
  /** Brier score of the Kaplan-Meier estimate, which knows nothing of the score. */
  readonly brierKaplanMeier: number | null;
  /** Why there are no numbers. */
  readonly reason?: string;
}

export interface GroupEvaluation {
  readonly cut: number;
  readonly groups: readonly {
    readonly group: 'low' | 'high';
    readonly rows: number;
    readonly events: number;
    readonly expectedEvents: number;
    readonly survival: readonly { readonly horizon: number; readonly survival: number }[];
  }[];
  readonly chiSquared: number;
  readonly p: number;
}

export interface ScoreEvaluation {
  readonly rows: number;
  readonly events: number;
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
  readonly calibrationSlope: {
    readonly slope: number;
    readonly standardError: number;
    readonly p: number;
  };
  readonly groups: GroupEvaluation | null;
}

/**
 * Brier scores need probabilities: they are those of a Cox model (Efron) of the score fitted on
 * these rows, so they tell how well the score can be calibrated here, not how well it was.
 * @param score a higher value means an earlier event
 * @param tau last time that Uno's C looks at
 */
export function evaluateScore(
  data: SurvivalData,
  score: readonly number[],
  settings: { readonly horizons: readonly number[]; readonly tau: number; readonly cut?: number },
): ScoreEvaluation {
  requireSurvivalData(data);
  const fit = fitCox(data, [score], ['score'], 'efron');
  const [slope] = fit.coefficients;
  const [standardError] = fit.standardErrors;
  const predictRisk = riskPredictor(
    data,
    score.map((value) => slope * value),
  );
  const curve = kaplanMeier(data);
  const marginalRisk = (time: number): number[] => data.time.map(() => 1 - survivalAt(curve, time));
  const horizons = settings.horizons.map((horizon) =>
    evaluateHorizon(data, score, horizon, predictRisk(horizon), marginalRisk(horizon)),
  );
  return {
    rows: data.time.length,
    events: fit.events,
    harrell: harrellC(data, score),
    uno: { ...unoC(data, score, settings.tau), tau: settings.tau },
    horizons,
    integratedBrier: integrate(data, horizons, predictRisk, marginalRisk),
    calibrationSlope: { slope, standardError, p: normalTwoSidedP(slope / standardError) },
    groups:
      settings.cut === undefined ? null : splitAt(data, score, settings.cut, settings.horizons),
  };
}

function riskPredictor(
  data: SurvivalData,
  predictor: readonly number[],
): (horizon: number) => number[] {
  const hazard = baselineHazard(data, predictor, 'efron');
  return (horizon) => {
    const step = hazard.time.findLastIndex((time) => time <= horizon);
    const cumulative = step < 0 ? 0 : hazard.cumulativeHazard[step];
    return predictor.map((value) => 1 - Math.exp(-cumulative * Math.exp(value)));
  };
}

function evaluateHorizon(
  data: SurvivalData,
  score: readonly number[],
  horizon: number,
  risk: readonly number[],
  marginal: readonly number[],
): HorizonEvaluation {
  try {
    const auc = timeDependentAuc(data, score, horizon);
    const brier = brierScore(data, risk, horizon);
    return {
      horizon,
      auc: auc.auc,
      aucStandardError: auc.standardError,
      aucInterval: auc.interval,
      brier: brier.brier,
      brierStandardError: brier.standardError,
      brierKaplanMeier: brierScore(data, marginal, horizon).brier,
    };
  } catch (error) {
    if (!isInputError(error)) throw error;
    return {
      horizon,
      auc: null,
      aucStandardError: null,
      aucInterval: null,
      brier: null,
      brierStandardError: null,
      brierKaplanMeier: null,
      reason: error.message,
    };
  }
}

/** Over every distinct time from 0 to the last horizon that could be evaluated. */
function integrate(
  data: SurvivalData,
  horizons: readonly HorizonEvaluation[],
  predictRisk: (horizon: number) => readonly number[],
  marginalRisk: (horizon: number) => readonly number[],
): ScoreEvaluation['integratedBrier'] {
  const last = Math.max(
    ...horizons.flatMap((entry) => (entry.brier === null ? [] : entry.horizon)),
  );
  if (!Number.isFinite(last)) return null;
  const grid = [...new Set([0, last, ...data.time.filter((time) => time <= last)])].sort(
    (a, b) => a - b,
  );
  const integral = (risk: (horizon: number) => readonly number[]): number =>
    integratedBrier(
      grid,
      grid.map((time) => brierScore(data, risk(time), time).brier),
    );
  const score = integral(predictRisk);
  const reference = integral(marginalRisk);
  return { from: 0, to: last, score, kaplanMeier: reference, explained: 1 - score / reference };
}

function splitAt(
  data: SurvivalData,
  score: readonly number[],
  cut: number,
  horizons: readonly number[],
): GroupEvaluation {
  const group = score.map((value) => (value > cut ? 1 : 0));
  const test = logRank(data, group);
  return {
    cut,
    groups: (['low', 'high'] as const).map((name, g) => {
      const rows = group.flatMap((value, row) => (value === g ? [row] : []));
      const curve = kaplanMeier({
        time: rows.map((row) => data.time[row]),
        event: rows.map((row) => data.event[row]),
      });
      return {
        group: name,
        rows: rows.length,
        events: test.observed[g],
        expectedEvents: test.expected[g],
        survival: horizons.map((horizon) => ({ horizon, survival: survivalAt(curve, horizon) })),
      };
    }),
    chiSquared: test.chiSquared,
    p: test.p,
  };
}

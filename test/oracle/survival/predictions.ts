/** Risk predictions by a horizon, and what R says of them, row by row of a fixture. */
import { baselineHazard } from '../../../src/survival/baselineHazard';
import { brierScore } from '../../../src/survival/brier';
import { fitCox, linearPredictor } from '../../../src/survival/cox';
import type { SurvivalData } from '../../../src/survival/data';
import { kaplanMeier, survivalAt } from '../../../src/survival/kaplanMeier';
import { compareAuc, timeDependentAuc } from '../../../src/survival/timeDependentAuc';
import { expectClose, type Row } from './fixtures';

type Covariates = readonly (readonly number[])[];
export type RiskBy = (horizon: number) => number[];
export type RiskModels = Readonly<Record<string, RiskBy>>;

/** Risk of `patients` from a Cox model (Efron) of `data`. */
export function coxRisk(
  data: SurvivalData,
  covariates: Covariates,
  patients: Covariates = covariates,
): RiskBy {
  const names = covariates.map((_, j) => `x${j}`);
  const { coefficients } = fitCox(data, covariates, names, 'efron');
  const hazard = baselineHazard(data, linearPredictor(coefficients, covariates), 'efron');
  const predictor = linearPredictor(coefficients, patients);
  return (horizon) => {
    const step = hazard.time.findLastIndex((time) => time <= horizon);
    const cumulative = step < 0 ? 0 : hazard.cumulativeHazard[step];
    return predictor.map((value) => 1 - Math.exp(-cumulative * Math.exp(value)));
  };
}

/** Everybody's risk is that of the cohort. */
export function nullRisk(data: SurvivalData): RiskBy {
  return (horizon) => {
    const risk = 1 - survivalAt(kaplanMeier(data), horizon);
    return data.time.map(() => risk);
  };
}

/** A row of riskRegression's `Score(metrics = "auc")$AUC$score`. */
export function expectAuc(data: SurvivalData, models: RiskModels, row: Row): void {
  const horizon = Number(row.times);
  const result = timeDependentAuc(data, models[row.model](horizon), horizon);
  expectClose(result.auc, Number(row.AUC));
  expectClose(result.standardError, Number(row.se));
  expectInterval(result.interval, row);
}

/** A row of `$AUC$contrasts`; `relative` is for p. */
export function expectContrast(
  data: SurvivalData,
  models: RiskModels,
  row: Row,
  relative?: number,
): void {
  const horizon = Number(row.times);
  const contrast = compareAuc(
    timeDependentAuc(data, models[row.model](horizon), horizon),
    timeDependentAuc(data, models[row.reference](horizon), horizon),
  );
  expectClose(contrast.difference, Number(row['delta.AUC']));
  expectClose(contrast.standardError, Number(row.se));
  expectInterval(contrast.interval, row);
  expectClose(contrast.p, Number(row.p), relative);
}

/** A row of `$Brier$score`. */
export function expectBrier(data: SurvivalData, models: RiskModels, row: Row): void {
  const horizon = Number(row.times);
  const result = brierScore(data, models[row.model](horizon), horizon);
  expectClose(result.brier, Number(row.Brier));
  expectClose(result.standardError, Number(row.se));
  expectInterval(result.interval, row);
}

function expectInterval([low, high]: readonly number[], row: Row): void {
  expectClose(low, Number(row.lower));
  expectClose(high, Number(row.upper));
}

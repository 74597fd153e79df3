/** Apparent performance in the training cohort: nomogram, RPRS alone and age alone, each its own Cox model. */
import type { Model } from '../model/schema';
import { fitCoxRisk } from '../training/coxRisk';
import { modelRisk } from '../training/applyModel';
import type { Training } from '../training/train';
import {
  evaluatePredictions,
  type PredictionFigures,
  type Predictions,
} from './evaluatePredictions';
import { riskGroups, type RiskGroups } from './riskGroups';

export interface TrainingFigures {
  readonly figures: PredictionFigures;
  readonly groups: RiskGroups;
}

export function trainingFigures(training: Training, model: Model): TrainingFigures {
  const { cohort, chosen, nomogram, horizons, job } = training;
  const alone = (name: string, values: readonly number[], fallback: number): Predictions => {
    const fit = fitCoxRisk(cohort.data, [values], [fallback], job.ties);
    const score = fit.predictor([values]);
    return {
      name,
      score,
      risk: (months) => fit.survival(score, [months]).map(([survival]) => 1 - survival),
    };
  };
  return {
    figures: evaluatePredictions(
      cohort.data,
      [
        { name: 'Nomogram', score: nomogram.predictor, risk: modelRisk(model, nomogram.predictor) },
        alone('RPRS alone', chosen.score, 1),
        alone('Age alone', cohort.age, 0),
      ],
      horizons,
      job.grids.brier,
    ),
    groups: riskGroups(cohort.data, nomogram.predictor, {
      cut: model.riskGroup.cutoff,
      scale: model.riskGroup.scale,
      origin: model.riskGroup.origin,
    }),
  };
}

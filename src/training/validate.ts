/** A frozen model on another cohort: everything is measured, nothing is refitted. */
import { InputError } from '../chain/errors';
import type { Model } from '../model/schema';
import { evaluatePredictions, type PredictionFigures } from '../report/evaluatePredictions';
import { riskGroups, type RiskGroups } from '../report/riskGroups';
import { requireSurvivalData } from '../survival/data';
import { applyModel, modelRisk, type AppliedModel } from './applyModel';
import type { Cohort } from './cohort';
import { timeGrids } from './horizons';

export interface Validation {
  readonly cohort: Cohort;
  readonly applied: AppliedModel;
  /** First the nomogram, then RPRS and age alone. */
  readonly figures: PredictionFigures;
  readonly groups: RiskGroups;
  /** Patients whose batch the model does not know: their features are as measured. */
  readonly unharmonised: number;
  readonly warnings: readonly string[];
  /** For the model file's `validations`. */
  readonly entry: Model['validations'][number];
}

const FEW_EVENTS = 100;

/** @throws InputError TABLE_INVALID */
export function validate(model: Model, cohort: Cohort, description: string): Validation {
  requireSurvivalData(cohort.data);
  const applied = applyModel(model, cohort);
  const rows = applied.patients.map(({ row }) => row);
  const data = {
    time: rows.map((row) => cohort.data.time[row]),
    event: rows.map((row) => cohort.data.event[row]),
  };
  const events = data.event.reduce((sum, value) => sum + value, 0);
  if (events === 0) {
    throw new InputError(
      'TABLE_INVALID',
      `None of the ${rows.length} patients that can be scored had the event: nothing can be validated.`,
    );
  }
  const predictor = applied.patients.map((patient) => patient.predictor);
  const rprs = applied.patients.map((patient) => patient.rprs);
  const age = rows.map((row) => cohort.age[row]);
  const { horizonsMonths } = model.nomogram;
  const figures = evaluatePredictions(
    data,
    [
      { name: 'Nomogram', score: predictor, risk: modelRisk(model, predictor) },
      part(model, 'RPRS alone', 'rprs', rprs, age),
      part(model, 'Age alone', 'age', age, rprs),
    ],
    horizonsMonths,
    timeGrids(horizonsMonths, undefined).brier,
  );
  const unharmonised = applied.patients.filter(({ harmonised }) => !harmonised).length;
  const { harrell } = figures.models[0];
  return {
    cohort,
    applied,
    figures,
    groups: riskGroups(data, model.riskGroup.scale === 'rprs' ? rprs : predictor, {
      cut: model.riskGroup.cutoff,
      scale: model.riskGroup.scale,
      origin: model.riskGroup.origin,
    }),
    unharmonised,
    warnings: warningsOf(model, cohort, applied, figures, unharmonised),
    entry: {
      description,
      patients: rows.length,
      events,
      cIndex: harrell.c,
      cIndexInterval: [Math.max(0, harrell.interval[0]), Math.min(1, harrell.interval[1])],
    },
  };
}

/** The nomogram with its other covariate held at the cohort's mean: what one covariate does alone. */
function part(
  model: Model,
  name: string,
  covariate: 'rprs' | 'age',
  values: readonly number[],
  others: readonly number[],
): { name: string; score: number[]; risk: (months: number) => number[] } {
  const { covariates, centre } = model.nomogram;
  const mean = others.reduce((sum, value) => sum + value, 0) / others.length;
  const predictor = values.map(
    (value) =>
      covariates.reduce(
        (sum, entry) => sum + entry.coefficient * (entry.name === covariate ? value : mean),
        0,
      ) - centre,
  );
  return { name, score: predictor, risk: modelRisk(model, predictor) };
}

function warningsOf(
  model: Model,
  cohort: Cohort,
  applied: AppliedModel,
  figures: PredictionFigures,
  unharmonised: number,
): string[] {
  const scored = applied.patients.length;
  const flagged = applied.patients.filter(({ flags }) => flags.length > 0).length;
  const messages: string[] = [];
  if (figures.events < FEW_EVENTS) {
    messages.push(
      `${figures.events} events are few: at least ${FEW_EVENTS} are advised for an external validation, so the intervals are wide.`,
    );
  }
  if (unharmonised > 0 && model.combat !== null) {
    const known = Object.keys(model.combat.batches);
    const unknown = [...new Set(cohort.batch ?? [])].filter((batch) => !known.includes(batch));
    messages.push(
      `${unharmonised} of ${scored} patients are of a scanner batch that the model does not know (${unknown.length > 0 ? unknown.join(', ') : 'none is named'}): they are scored unharmonised, out of the model's domain.`,
    );
  }
  if (applied.notEvaluable.length > 0) {
    messages.push(
      `${applied.notEvaluable.length} patients have no RPRS and are not part of the figures.`,
    );
  }
  if (flagged > 0) {
    messages.push(
      `${flagged} of ${scored} patients have a value outside the training range, or one that was imputed.`,
    );
  }
  for (const { months, auc } of figures.models[0].horizons) {
    if (auc === null) {
      messages.push(
        `At ${months} months nothing can be evaluated: nobody had the event by then, or nobody was followed beyond it.`,
      );
    }
  }
  if (model.status === 'demonstration') {
    messages.push('The model is a demonstration: its patients were simulated.');
  }
  return messages;
}

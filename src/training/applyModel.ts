/** A frozen model on the patients of a table, by the same functions as in the viewer. */
import type { Flag } from '../chain/analysis';
import { InputError } from '../chain/errors';
import { harmonise } from '../harmonise/combat';
import type { Model } from '../model/schema';
import { riskAt } from '../nomogram/cox';
import { readNomogram } from '../nomogram/nomogram';
import { scoreSignature } from '../signature/rprs';
import type { Cohort } from './cohort';
import { columnName } from './featureName';

export interface AppliedPatient {
  readonly row: number;
  readonly patient: string;
  readonly rprs: number;
  /** Centred. */
  readonly predictor: number;
  readonly harmonised: boolean;
  readonly flags: readonly Flag[];
}

export interface AppliedModel {
  readonly patients: readonly AppliedPatient[];
  /** No RPRS: a feature that the model cannot replace is not evaluable. */
  readonly notEvaluable: readonly { readonly patient: string; readonly reason: string }[];
}

/** @throws InputError TABLE_INVALID when the table lacks a column of the model */
export function applyModel(model: Model, cohort: Cohort): AppliedModel {
  const columns = modelColumns(model, cohort);
  const patients: AppliedPatient[] = [];
  const notEvaluable: { patient: string; reason: string }[] = [];
  cohort.patients.forEach((patient, row) => {
    const values = columns.map((column) => (Number.isNaN(column[row]) ? null : column[row]));
    const harmonisation = harmonise(values, model.combat, cohort.batch?.[row] ?? null);
    const signature = scoreSignature(
      model.features,
      values.map((value, i) => ({ value, harmonised: harmonisation.values[i] })),
    );
    if (!signature.evaluable) {
      notEvaluable.push({ patient, reason: signature.reason });
      return;
    }
    const { rprs, flags } = signature;
    const reading = readNomogram(model, { rprs, age: cohort.age[row] });
    patients.push({
      row,
      patient,
      rprs,
      predictor: reading.linearPredictor,
      harmonised: harmonisation.applied,
      flags: [...flags, ...reading.flags],
    });
  });
  return { patients, notEvaluable };
}

/** Risk of each linear predictor by a time. */
export function modelRisk(
  { nomogram }: Pick<Model, 'nomogram'>,
  predictor: readonly number[],
): (months: number) => number[] {
  return (months) => predictor.map((value) => riskAt(nomogram.baselineHazard, value, months));
}

function modelColumns(model: Model, cohort: Cohort): Float64Array[] {
  const known = new Map(cohort.features.map((feature, j) => [columnName(feature), j]));
  return model.features.map((feature) => {
    const name = columnName(feature);
    const column = known.get(name);
    if (column !== undefined) return cohort.values[column];
    throw new InputError(
      'TABLE_INVALID',
      `The feature table has no column “${name}”, which the model needs: extract the features with the settings of the model.`,
    );
  });
}

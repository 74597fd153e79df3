/** A cohort that can be trained or validated on, and why each patient of the tables is or is not in it. */
import { InputError } from '../chain/errors';
import type { SurvivalData } from '../survival/data';
import type { MeasuredFeature } from './featureName';
import type { Columns } from './selection/screen';

export interface ClinicalColumn {
  readonly name: string;
  readonly values: readonly number[];
}

export interface CohortFlow {
  readonly inClinicalTable: number;
  readonly inFeatureTable: number;
  /** In the clinical table, but without features. */
  readonly withoutFeatures: readonly string[];
  /** In the feature table, but not in the clinical one: not of this cohort. */
  readonly withoutOutcome: number;
  readonly analysed: number;
  readonly events: number;
}

export interface Cohort {
  readonly patients: readonly string[];
  readonly data: SurvivalData;
  readonly age: readonly number[];
  /** null: the table names no batch. */
  readonly batch: readonly string[] | null;
  readonly clinical: readonly ClinicalColumn[];
  readonly features: readonly MeasuredFeature[];
  /** One array of patients for each feature; NaN: not evaluable. */
  readonly values: Columns;
  readonly flow: CohortFlow;
}

export const MINIMUM_EVENTS = 10;

/** @throws InputError TABLE_INVALID */
export function requireTrainable({ data, flow, features }: Cohort): void {
  if (features.length === 0) {
    throw new InputError(
      'TABLE_INVALID',
      'The feature table has no feature column, such as peritumour.fsT2.original_glcm_Contrast: give the table that “sts-habitat extract” wrote.',
    );
  }
  if (flow.events < MINIMUM_EVENTS) {
    throw new InputError(
      'TABLE_INVALID',
      `Only ${flow.events} of ${data.time.length} patients had the event: a model needs at least ${MINIMUM_EVENTS} events, so collect more patients or follow them longer.`,
    );
  }
}

/** How much of a signature's concordance is its own making (Harrell 1996: bootstrap optimism). */
import { harrellC } from '../survival/concordance';
import {
  fitSignature,
  rowsOf,
  signatureScore,
  type CombatSettings,
  type SelectionSettings,
  type TrainingTable,
} from './fitSignature';
import { bootstrapSample, type Random } from './random';

export interface Optimism {
  readonly apparent: number;
  /** Mean over the resamples of (C in the resample - C of that model in all patients). */
  readonly optimism: number;
  readonly corrected: number;
  readonly resamples: number;
  /** Share of the resamples that selected each column. */
  readonly selectionFrequency: readonly number[];
  /** Resamples in which nothing was selected. */
  readonly empty: number;
}

export interface ResampleOutcome {
  readonly inResample: number;
  readonly inAll: number;
  readonly selected: readonly number[];
}

/** One bootstrap resample: all of the selection is repeated in it. */
export function resampleOnce(
  table: TrainingTable,
  selection: SelectionSettings,
  combat: CombatSettings | null,
  random: Random,
): ResampleOutcome {
  const sample = drawWithEveryBatch(table, combat, random);
  const resample = rowsOf(table, sample);
  const fit = fitSignature(resample, selection, combat, random);
  return {
    inResample: harrellC(resample.data, signatureScore(fit, resample)).c,
    inAll: harrellC(table.data, signatureScore(fit, table)).c,
    selected: fit.features.map(({ column }) => column),
  };
}

export function summariseOptimism(
  apparent: number,
  outcomes: readonly ResampleOutcome[],
  columns: number,
): Optimism {
  const optimism =
    outcomes.reduce((sum, { inResample, inAll }) => sum + inResample - inAll, 0) / outcomes.length;
  const selectionFrequency = new Array<number>(columns).fill(0);
  for (const { selected } of outcomes) {
    for (const column of selected) selectionFrequency[column] += 1 / outcomes.length;
  }
  return {
    apparent,
    optimism,
    corrected: apparent - optimism,
    resamples: outcomes.length,
    selectionFrequency,
    empty: outcomes.filter(({ selected }) => selected.length === 0).length,
  };
}

const ATTEMPTS = 1000;

/** ComBat needs two different patients of every batch; a draw without them is drawn again. */
function drawWithEveryBatch(
  table: TrainingTable,
  combat: CombatSettings | null,
  random: Random,
): number[] {
  const batches = new Set(table.batch);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const sample = bootstrapSample(table.batch.length, random);
    const events = sample.some((row) => table.data.event[row] === 1);
    const complete = [...batches].every(
      (batch) => new Set(sample.filter((row) => table.batch[row] === batch)).size >= 3,
    );
    if (events && (combat === null || complete)) return sample;
  }
  throw new Error('no resample holds three patients of every batch');
}

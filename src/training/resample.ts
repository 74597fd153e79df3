/**
 * Bootstrap resamples of the whole training: preparation, selection, RPRS and nomogram are repeated
 * in each (Harrell 1996: optimism; Efron and Tibshirani 1997: out-of-bag error).
 */
import { harrellC } from '../survival/concordance';
import type { Ties } from '../survival/cox';
import type { SurvivalData } from '../survival/data';
import { errorMeter } from '../survival/predictionError';
import { rocArea, timeDependentRoc } from '../survival/timeDependentRoc';
import { fitCoxRisk } from './coxRisk';
import {
  fitSignature,
  signatureRandom,
  signatureScore,
  type SelectionSettings,
} from './fitSignature';
import { prepare, rowsOf, type CombatSettings, type TrainingTable } from './prepare';
import { bootstrapSample, seededRandom, type Random } from './random';

/** Everything a resample needs; plain data, so that it can be sent to a worker. */
export interface ResampleJob {
  readonly table: TrainingTable;
  /** Other covariates of the nomogram, by patient. */
  readonly clinical: readonly (readonly number[])[];
  /** Columns that each signature may use. */
  readonly signatures: readonly (readonly number[])[];
  readonly selection: SelectionSettings;
  readonly combat: CombatSettings | null;
  readonly ties: Ties;
  readonly seed: number;
  readonly grids: TimeGrids;
}

/** Months. */
export interface TimeGrids {
  /** Over which the median AUC is taken. */
  readonly auc: readonly number[];
  /** Over which the Brier score is integrated; begins with 0. */
  readonly brier: readonly number[];
}

export interface Discrimination {
  readonly c: number;
  /** null when no time of the grid has both cases and controls. */
  readonly medianAuc: number | null;
}

export interface ModelOutcome {
  readonly inResample: Discrimination;
  readonly inAll: Discrimination;
  /** Brier score of the patients that were not drawn, at each time of the grid. */
  readonly outOfBag: readonly number[];
}

export interface ResampleOutcome {
  /** Columns. */
  readonly selected: readonly number[];
  readonly rprs: ModelOutcome;
  readonly nomogram: ModelOutcome;
}

/** Resample `number` (from 1): one outcome for each signature. */
export function runResample(job: ResampleJob, number: number): ResampleOutcome[] {
  const sample = drawWithEveryBatch(job, seededRandom(job.seed, -number));
  const table = rowsOf(job.table, sample);
  const prepared = prepare(table, job.combat);
  const evaluate = modelEvaluator(job, sample, table.data);
  return job.signatures.map((members, s) => {
    const random = signatureRandom(job.seed, s, number);
    const fit = fitSignature(prepared, new Set(members), job.selection, random);
    const score = signatureScore(fit, prepared, job.table);
    return {
      selected: fit.features.map(({ column }) => column),
      rprs: evaluate([score]),
      nomogram: evaluate([score, ...job.clinical]),
    };
  });
}

/** @param covariates of all patients; the first is the RPRS */
function modelEvaluator(
  job: ResampleJob,
  sample: readonly number[],
  data: SurvivalData,
): (covariates: readonly (readonly number[])[]) => ModelOutcome {
  const errors = errorMeter(job.table.data, job.grids.brier);
  const drawn = new Set(sample);
  const left = [...job.table.data.time.keys()].filter((row) => !drawn.has(row));
  return (covariates) => {
    const inSample = covariates.map((values) => sample.map((row) => values[row]));
    const fallback = covariates.map((_, j) => (j === 0 ? 1 : 0));
    const model = fitCoxRisk(data, inSample, fallback, job.ties);
    const predictor = model.predictor(covariates);
    const survival = model.survival(predictor, job.grids.brier);
    return {
      inResample: discrimination(
        data,
        sample.map((row) => predictor[row]),
        job.grids.auc,
      ),
      inAll: discrimination(job.table.data, predictor, job.grids.auc),
      outOfBag: errors(left, (row) => survival[row]),
    };
  };
}

export function discrimination(
  data: SurvivalData,
  score: readonly number[],
  grid: readonly number[],
): Discrimination {
  const areas = grid.flatMap((time) => {
    const points = timeDependentRoc(data, score, time);
    return points ? [rocArea(points)] : [];
  });
  return { c: harrellC(data, score).c, medianAuc: areas.length > 0 ? median(areas) : null };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

const ATTEMPTS = 1000;
const PATIENTS_OF_A_BATCH = 3;
/** Different patients with the event, for a cross-validation. */
const LEAST_EVENTS = 3;

/** ComBat needs different patients of every batch and the penalty events; a draw without is repeated. */
function drawWithEveryBatch({ table, combat }: ResampleJob, random: Random): number[] {
  const needed = [...new Set(table.batch)].map((batch): [string, number] => [
    batch,
    Math.min(PATIENTS_OF_A_BATCH, table.batch.filter((other) => other === batch).length),
  ]);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const sample = bootstrapSample(table.batch.length, random);
    const events = new Set(sample.filter((row) => table.data.event[row] === 1)).size;
    const complete = needed.every(
      ([batch, count]) => new Set(sample.filter((row) => table.batch[row] === batch)).size >= count,
    );
    if (events >= LEAST_EVENTS && (combat === null || complete)) return sample;
  }
  throw new Error('no resample holds patients of every batch');
}

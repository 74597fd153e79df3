/** What the resamples say about one signature and about its nomogram with age. */
import { integratedBrier } from '../survival/brier';
import { harrellC, type Concordance } from '../survival/concordance';
import {
  combine632plus,
  errorMeter,
  kaplanMeierModel,
  meanCurve,
} from '../survival/predictionError';
import { fitCoxRisk } from './coxRisk';
import type { FittedSignature } from './fitSignature';
import {
  discrimination,
  type Discrimination,
  type ModelOutcome,
  type ResampleJob,
  type ResampleOutcome,
} from './resample';
import type { Signature } from './signatures';

export interface Corrected {
  readonly apparent: number;
  /** Mean of (in the resample - in all patients) over the resamples. */
  readonly optimism: number;
  readonly corrected: number;
}

export interface CorrectedConcordance extends Corrected {
  /** 95 %: that of the apparent C, shifted by the optimism; clipped to 0..1. */
  readonly correctedInterval: readonly [number, number];
}

/** Brier scores over the grid, and their integrals. */
export interface ErrorCurves {
  readonly times: readonly number[];
  readonly apparent: readonly number[];
  readonly outOfBag: readonly number[];
  readonly boot632plus: readonly number[];
  readonly kaplanMeier: readonly number[];
  readonly integrated: {
    readonly apparent: number;
    readonly boot632plus: number;
    readonly kaplanMeier: number;
  };
}

export interface ModelSummary {
  readonly concordance: Concordance;
  readonly c: CorrectedConcordance;
  readonly medianAuc: Corrected | null;
  readonly error: ErrorCurves;
}

export interface SignatureSummary extends ModelSummary {
  readonly signature: Signature;
  readonly features: number;
  readonly candidates: number;
  readonly nomogram: ModelSummary;
  /** Share of the resamples that selected each column of the table. */
  readonly selectionFrequency: ReadonlyMap<number, number>;
  /** Resamples in which nothing was selected. */
  readonly empty: number;
}

export function summarise(
  job: ResampleJob,
  signature: Signature,
  fit: FittedSignature,
  score: readonly number[],
  outcomes: readonly ResampleOutcome[],
): SignatureSummary {
  const selectionFrequency = new Map<number, number>();
  for (const { selected } of outcomes) {
    for (const column of selected) {
      selectionFrequency.set(column, (selectionFrequency.get(column) ?? 0) + 1 / outcomes.length);
    }
  }
  return {
    ...summariseModel(
      job,
      [score],
      outcomes.map(({ rprs }) => rprs),
    ),
    nomogram: summariseModel(
      job,
      [score, ...job.clinical],
      outcomes.map(({ nomogram }) => nomogram),
    ),
    signature,
    features: fit.features.length,
    candidates: fit.candidates,
    selectionFrequency,
    empty: outcomes.filter(({ selected }) => selected.length === 0).length,
  };
}

function summariseModel(
  job: ResampleJob,
  covariates: readonly (readonly number[])[],
  outcomes: readonly ModelOutcome[],
): ModelSummary {
  const { data } = job.table;
  const fallback = covariates.map((_, j) => (j === 0 ? 1 : 0));
  const model = fitCoxRisk(data, covariates, fallback, job.ties);
  const predictor = model.predictor(covariates);
  const apparent = discrimination(data, predictor, job.grids.auc);
  const medians = outcomes.filter(
    ({ inResample, inAll }) => inResample.medianAuc !== null && inAll.medianAuc !== null,
  );
  const concordance = harrellC(data, predictor);
  const c = corrected(apparent.c, outcomes, (value) => value.c);
  return {
    concordance,
    c: { ...c, correctedInterval: shifted(concordance.interval, c.optimism) },
    medianAuc:
      apparent.medianAuc === null
        ? null
        : corrected(apparent.medianAuc, medians, ({ medianAuc }) => medianAuc ?? NaN),
    error: errorCurves(job, model.survival(predictor, job.grids.brier), outcomes),
  };
}

function corrected(
  apparent: number,
  outcomes: readonly ModelOutcome[],
  measure: (value: Discrimination) => number,
): Corrected {
  const total = outcomes.reduce(
    (sum, { inResample, inAll }) => sum + measure(inResample) - measure(inAll),
    0,
  );
  const optimism = outcomes.length > 0 ? total / outcomes.length : 0;
  return { apparent, optimism, corrected: apparent - optimism };
}

function shifted(
  [low, high]: readonly [number, number],
  optimism: number,
): readonly [number, number] {
  return [Math.max(0, low - optimism), Math.min(1, high - optimism)];
}

/** .632+ with the whole selection repeated in every resample. */
function errorCurves(
  job: ResampleJob,
  survival: readonly (readonly number[])[],
  outcomes: readonly ModelOutcome[],
): ErrorCurves {
  const { data } = job.table;
  const times = job.grids.brier;
  const all = [...data.time.keys()];
  const errors = errorMeter(data, times);
  const apparent = errors(all, (row) => survival[row]);
  const noInformation = meanCurve(all.map((j) => errors(all, () => survival[j])));
  const outOfBag = meanCurve(outcomes.map((outcome) => outcome.outOfBag));
  const marginal = kaplanMeierModel(data, times)(all);
  const kaplanMeier = errors(all, (row) => marginal[row]);
  const boot632plus = times.map((_, k) =>
    combine632plus(apparent[k], outOfBag[k], noInformation[k]),
  );
  return {
    times,
    apparent,
    outOfBag,
    boot632plus,
    kaplanMeier,
    integrated: {
      apparent: integratedBrier(times, apparent),
      boot632plus: integratedBrier(times, boot632plus),
      kaplanMeier: integratedBrier(times, kaplanMeier),
    },
  };
}

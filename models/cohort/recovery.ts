/** What a training found again of the truth that was put into the simulated patients. */
import { parse } from 'csv-parse/sync';
import type { Model } from '../../src/model/schema';
import { applyModel } from '../../src/training/applyModel';
import { columnName, parseColumnName } from '../../src/training/featureName';
import { harrellC } from '../../src/survival/concordance';
import { TRUE_EFFECTS, type CohortPatient } from './simulatedCohort';

export interface PartRecovery {
  readonly patients: number;
  readonly events: number;
  /** C-index of the true log hazard: no model can be expected to do better. */
  readonly trueC: number;
  readonly trueInterval: readonly [number, number];
  /** C-index of the model's linear predictor; of the training it is apparent. */
  readonly modelC: number;
  readonly modelInterval: readonly [number, number];
  /** Spearman correlations: predictor and true log hazard; habitat 2 as measured and as drawn. */
  readonly predictorRank: number;
  readonly viableRank: number;
  /** Of the RPRS with what it should have found. */
  readonly rprsViableRank: number;
  readonly rprsOedemaRank: number;
}

export interface Recovery {
  readonly training: PartRecovery;
  readonly validation: PartRecovery;
  readonly signature: string;
  readonly features: readonly { readonly name: string; readonly coefficient: number }[];
  readonly ageCoefficient: number;
  readonly trueAgeCoefficient: number;
}

/** @param table the feature table that `extract` wrote */
export function recoveryOf(
  patients: readonly CohortPatient[],
  model: Model,
  table: string,
): Recovery {
  const rows: Record<string, string>[] = parse(table, { columns: true });
  const of = (cohort: CohortPatient['cohort']): PartRecovery =>
    partOf(
      patients.filter((patient) => patient.cohort === cohort),
      model,
      new Map(rows.map((row) => [row['patient'], row])),
    );
  const age = model.nomogram.covariates.find(({ name }) => name === 'age');
  return {
    training: of('train'),
    validation: of('validation'),
    signature: model.training.description,
    features: model.features.map((feature) => ({
      name: columnName(feature),
      coefficient: feature.coefficient,
    })),
    ageCoefficient: age?.coefficient ?? 0,
    trueAgeCoefficient: TRUE_EFFECTS.agePerYear,
  };
}

function partOf(
  patients: readonly CohortPatient[],
  model: Model,
  rows: ReadonlyMap<string, Record<string, string>>,
): PartRecovery {
  const measured = patients.filter(({ id }) => rows.has(id));
  const cell = (id: string, column: string): number => {
    const text = rows.get(id)?.[column] ?? '';
    return text === '' ? NaN : Number(text);
  };
  const columns = [...model.features.map(columnName)];
  const data = {
    time: measured.map(({ months }) => months),
    event: measured.map(({ event }) => event),
  };
  const { patients: applied } = applyModel(model, {
    patients: measured.map(({ id }) => id),
    data,
    age: measured.map(({ ageYears }) => ageYears),
    batch: measured.map(({ centre }) => centre),
    clinical: [],
    features: columns.flatMap((column) => parseColumnName(column) ?? []),
    values: columns.map((column) => Float64Array.from(measured, ({ id }) => cell(id, column))),
    flow: {
      inClinicalTable: measured.length,
      inFeatureTable: measured.length,
      withoutFeatures: [],
      withoutOutcome: 0,
      analysed: measured.length,
      events: data.event.reduce<number>((sum, event) => sum + event, 0),
    },
  });
  const truth = applied.map(({ row }) => measured[row]);
  const outcome = { time: truth.map((p) => p.months), event: truth.map((p) => p.event) };
  const predictor = applied.map((patient) => patient.predictor);
  const rprs = applied.map((patient) => patient.rprs);
  const logHazard = truth.map((p) => p.truth.logHazard);
  const viable = truth.map((p) => p.truth.viable);
  const oedema = truth.map((p) => p.truth.oedema);
  const [best, found] = [harrellC(outcome, logHazard), harrellC(outcome, predictor)];
  return {
    patients: truth.length,
    events: outcome.event.reduce<number>((sum, event) => sum + event, 0),
    trueC: best.c,
    trueInterval: best.interval,
    modelC: found.c,
    modelInterval: found.interval,
    predictorRank: spearman(predictor, logHazard),
    viableRank: spearman(
      truth.map(({ id }) => cell(id, 'habitat2.fraction')),
      viable,
    ),
    rprsViableRank: spearman(rprs, viable),
    rprsOedemaRank: spearman(rprs, oedema),
  };
}

/** Simulated values are never tied. */
function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (x.length - 1) / 2;
  let [both, squares] = [0, 0];
  x.forEach((rank, i) => {
    both += (rank - mean) * (y[i] - mean);
    squares += (rank - mean) ** 2;
  });
  return both / squares;
}

function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const rank = new Array<number>(values.length).fill(0);
  order.forEach((index, position) => {
    rank[index] = position;
  });
  return rank;
}

export function describeRecovery(recovery: Recovery): string {
  const { training, validation, features } = recovery;
  return [
    '',
    'What was recovered of the truth',
    partLine('Training', training),
    partLine('Validation', validation),
    `Age: ${recovery.ageCoefficient.toFixed(4)} a year, ${recovery.trueAgeCoefficient} put in`,
    ...features.map(({ name, coefficient }) => `  ${coefficient.toFixed(3).padStart(7)} ${name}`),
    '',
  ].join('\n');
}

function partLine(name: string, part: PartRecovery): string {
  return `${name}: ${part.patients} patients, ${part.events} events; C of the true hazard ${part.trueC.toFixed(3)}, of the model ${part.modelC.toFixed(3)}; rank correlation of predictor and true hazard ${part.predictorRank.toFixed(2)}, of habitat 2 as measured and as drawn ${part.viableRank.toFixed(2)}, of RPRS with habitat 2 ${part.rprsViableRank.toFixed(2)} and with oedema ${part.rprsOedemaRank.toFixed(2)}`;
}

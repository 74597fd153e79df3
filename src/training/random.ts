import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Everything random in a training comes from one seed: the same input gives the same model. */
export interface Random {
  /** 0 to `bound` - 1. */
  integer(bound: number): number;
  shuffled<T>(values: readonly T[]): T[];
}

/** @param stream keeps independent uses of one seed apart */
export function seededRandom(seed: number, stream: number): Random {
  const generator = xoroshiro128plus(
    Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b),
  );
  const integer = (bound: number): number => uniformInt(generator, 0, bound - 1);
  return {
    integer,
    shuffled(values) {
      const result = [...values];
      for (let i = result.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [result[i], result[j]] = [result[j], result[i]];
      }
      return result;
    },
  };
}

/** Row numbers drawn with repetition. */
export function bootstrapSample(rows: number, random: Random): number[] {
  return Array.from({ length: rows }, () => random.integer(rows));
}

/** Fold of each row, 0 to `folds` - 1, with events and censorings spread evenly. */
export function stratifiedFolds(event: readonly number[], folds: number, random: Random): number[] {
  const fold = new Array<number>(event.length).fill(0);
  let next = 0;
  for (const wanted of [1, 0]) {
    const rows = event.flatMap((value, row) => (value === wanted ? [row] : []));
    for (const row of random.shuffled(rows)) fold[row] = next++ % folds;
  }
  return fold;
}

/**
 * The same for rows of which several belong to one patient: they stay together. Never more folds
 * than patients with an event, so that each can be judged.
 */
export function patientFolds(
  event: readonly number[],
  patient: readonly number[],
  folds: number,
  random: Random,
): number[] {
  const patients = [...new Set(patient)].sort((a, b) => a - b);
  const firstRow = new Map(patient.map((id, row): [number, number] => [id, row]).reverse());
  const eventOf = patients.map((id) => event[firstRow.get(id) ?? 0]);
  const events = eventOf.filter((value) => value === 1).length;
  const fold = stratifiedFolds(eventOf, Math.max(2, Math.min(folds, events)), random);
  const foldOf = new Map(patients.map((id, k): [number, number] => [id, fold[k]]));
  return patient.map((id) => foldOf.get(id) ?? 0);
}

import { buildModel } from '../../../src/training/buildModel';
import { isInputError } from '../../../src/chain/errors';
import { seededRandom, type Random } from '../../../src/training/random';
import { runResample } from '../../../src/training/resample';
import { artefactsSchema, parseTrainingSettings } from '../../../src/training/settings';
import { train } from '../../../src/training/train';
import { validate } from '../../../src/training/validate';
import type { Cohort } from '../../../src/training/cohort';
import { cohortTables } from '../../fixtures/trainingCohort';
import { cohortOf } from '../../fixtures/cohortOf';

const PERMUTATIONS = 20;
// Small, so that it takes seconds: three signatures of ring and habitat sizes.
const options = { effect: 1, texturesPerRegion: 10 };
const selection = { folds: 5, penalties: 25 };
const tables = cohortTables({ ...options, patients: 70, seed: 11 });
const training = ringAndSizes(cohortOf(tables));
const others = ringAndSizes(
  cohortOf(cohortTables({ ...options, patients: 80, seed: 12, prefix: 'V' })),
);
const artefacts = artefactsSchema.parse(JSON.parse(tables.artefacts));

function ringAndSizes(cohort: Cohort): Cohort {
  const kept = cohort.features.flatMap(({ region, feature }, j) =>
    region === 'peritumour' || feature === 'fraction' ? [j] : [],
  );
  return {
    ...cohort,
    features: kept.map((j) => cohort.features[j]),
    values: kept.map((j) => cohort.values[j]),
  };
}

/** Outcomes go to other patients; everything else stays. */
function permuted(cohort: Cohort, random: Random): Cohort {
  const rows = random.shuffled([...cohort.patients.keys()]);
  return {
    ...cohort,
    data: {
      time: rows.map((row) => cohort.data.time[row]),
      event: rows.map((row) => cohort.data.event[row]),
    },
  };
}

/** C-index in new patients; 0.5 when the training refuses to make a model of noise. */
async function validatedC(random: Random, seed: number): Promise<number> {
  const settings = parseTrainingSettings({ resamples: 2, seed, selection }, 'test');
  try {
    const result = await train(permuted(training, random), settings, async (job, count) =>
      Array.from({ length: count }, (_, k) => runResample(job, k + 1)),
    );
    const model = buildModel(result, artefacts);
    return validate(model, permuted(others, random), 'permuted').entry.cIndex ?? NaN;
  } catch (error) {
    if (isInputError(error) && error.code === 'MODEL_FIT') return 0.5;
    throw error;
  }
}

test('with permuted outcomes the validated C-index is that of chance', async () => {
  const random = seededRandom(2026, 0);
  let sum = 0;
  for (let k = 1; k <= PERMUTATIONS; k++) sum += await validatedC(random, k);
  expect(Math.abs(sum / PERMUTATIONS - 0.5)).toBeLessThan(0.05);
});

/**
 * npm run bench -- training [RESAMPLES [THREADS]]: CPU time, elapsed time and memory of a training
 * of 108 patients on the columns that the paper's best signature has (ring, three habitats, sizes),
 * and, with `all` as a third argument, on those of all 18 signatures (tumour and expansion as well).
 * The hash of what the resamples found tells whether a change of the code changed a number.
 */
import { createHash } from 'node:crypto';
import { loadavg } from 'node:os';
import { resamplesOn } from '../cli/resamplePool';
import { planOf } from '../src/radiomics/plan';
import { preset } from '../src/radiomics/presets';
import type { Cohort } from '../src/training/cohort';
import { parseColumnName, columnName, type MeasuredFeature } from '../src/training/featureName';
import { seededRandom } from '../src/training/random';
import { parseTrainingSettings } from '../src/training/settings';
import { train } from '../src/training/train';
import { cpuMs } from './stages';

const PATIENTS = 108;
const SEQUENCES = ['fsT2', 'ceT1'] as const;
/** Features come in families that say nearly the same. */
const FAMILIES = 60;

function columnsOf(regions: readonly MeasuredFeature['region'][]): MeasuredFeature[] {
  return regions.flatMap((region) => {
    const habitat = region.startsWith('habitat');
    const names = planOf(preset(habitat ? 'orig93' : 'paper1906')).order;
    const shape = names.filter((name) => name.includes('_shape_'));
    const rest = names.filter((name) => !name.includes('_shape_'));
    return [
      ...[...shape, ...(habitat ? ['voxelCount', 'fraction'] : [])].map((feature) => ({
        region,
        sequence: null,
        feature,
      })),
      ...SEQUENCES.flatMap((sequence) => rest.map((feature) => ({ region, sequence, feature }))),
    ];
  });
}

function simulatedCohort(features: readonly MeasuredFeature[]): Cohort {
  const random = seededRandom(1, 7);
  const uniform = (): number => (random.integer(1_000_000) + 0.5) / 1_000_000;
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const family = Array.from({ length: FAMILIES }, () => Array.from({ length: PATIENTS }, normal));
  const batch = Array.from({ length: PATIENTS }, (_, row) => (row % 2 === 0 ? 'A' : 'B'));
  const values = features.map((_, j) =>
    Float64Array.from(batch, (name, row) => {
      const value = 0.85 * family[j % FAMILIES][row] + 0.5 * normal();
      return name === 'A' ? value : 1.3 * value + 0.7;
    }),
  );
  const age = Array.from({ length: PATIENTS }, () => 56 + 16 * normal());
  const time: number[] = [];
  const event: number[] = [];
  for (let row = 0; row < PATIENTS; row++) {
    const predictor = 0.7 * (family[0][row] - family[1][row]) + 0.02 * (age[row] - 56);
    const progression = (-40 * Math.log(uniform())) / Math.exp(predictor);
    const censoring = 6 + 54 * uniform();
    time.push(Math.min(progression, censoring));
    event.push(progression <= censoring ? 1 : 0);
  }
  const events = event.filter((value) => value === 1).length;
  const counts = { inClinicalTable: PATIENTS, inFeatureTable: PATIENTS, analysed: PATIENTS };
  return {
    patients: batch.map((_, row) => `P${row + 1}`),
    data: { time, event },
    age,
    batch,
    clinical: [],
    features,
    values,
    flow: { ...counts, withoutFeatures: [], withoutOutcome: 0, events },
  };
}

export async function benchTraining(argv: readonly string[]): Promise<void> {
  const resamples = Number(argv[0] ?? 100);
  const threads = Number(argv[1] ?? 2);
  const all = argv[2] === 'all';
  const own = ['peritumour', 'habitat1', 'habitat2', 'habitat3'] as const;
  const cohort = simulatedCohort(columnsOf(all ? ['tumour', 'expansion', ...own] : own));
  const known = cohort.features.every((feature) => parseColumnName(columnName(feature)) !== null);
  if (!known) throw new Error('a column name is not that of a feature');
  const settings = parseTrainingSettings({ resamples }, 'bench');
  const [cpu, start] = [cpuMs(), performance.now()];
  const hash = createHash('sha256');
  const run = resamplesOn(threads, () => undefined);
  const training = await train(cohort, settings, async (job, count) => {
    const outcomes = await run(job, count);
    hash.update(JSON.stringify(outcomes));
    return outcomes;
  });
  hash.update(JSON.stringify(training.signatures.map(({ fit, score }) => [fit, score])));
  hash.update(JSON.stringify(training.nomogram));
  const row = (...cells: readonly (string | number)[]): void =>
    console.log(`| ${cells.join(' | ')} |`);
  console.log(`\nTraining of ${PATIENTS} patients (load ${loadavg()[0].toFixed(1)})\n`);
  row('columns', 'events', 'signatures', 'resamples', 'threads', 'CPU s', 'elapsed s', 'peak, MB');
  row(...Array.from({ length: 8 }, () => '---'));
  row(
    ...[cohort.features.length, cohort.flow.events, training.signatures.length],
    ...[resamples, threads, ((cpuMs() - cpu) / 1000).toFixed(1)],
    ((performance.now() - start) / 1000).toFixed(1),
    (process.resourceUsage().maxRSS / 1024).toFixed(0),
  );
  console.log(`\nResult ${hash.digest('hex').slice(0, 16)}`);
}

/**
 * A training from tables to a model: 18 signatures with their optimism, one of them as RPRS, the
 * nomogram, the cut-off. The resamples are run by the caller, one after the other or in workers:
 * the result is the same.
 */
import { InputError } from '../chain/errors';
import { fitCox } from '../survival/cox';
import { requireSurvivalData } from '../survival/data';
import { requireTrainable, type Cohort } from './cohort';
import { usableColumns, type UsableColumns } from './columns';
import { fitNomogram, type FittedNomogram } from './fitNomogram';
import {
  fitSignature,
  signatureRandom,
  signatureScore,
  type FittedSignature,
} from './fitSignature';
import { horizonsOf, timeGrids } from './horizons';
import { prepare, type CombatSettings, type Prepared } from './prepare';
import { reliableColumns, type Reliability, type Repeats } from './reliability';
import type { ResampleJob, ResampleOutcome } from './resample';
import { screenClinical, type ClinicalAssociation } from './screenClinical';
import { membersOf, SIGNATURES } from './signatures';
import type { TrainingSettings } from './settings';
import { summarise, type SignatureSummary } from './summarise';
import { trainingWarnings } from './warnings';

export interface TrainedSignature extends SignatureSummary {
  readonly fit: FittedSignature;
  /** RPRS of each patient. */
  readonly score: readonly number[];
}

export interface Training {
  readonly settings: TrainingSettings;
  readonly cohort: Cohort;
  readonly columns: UsableColumns;
  /** null: no repeats, so no filter by intraclass correlation. */
  readonly reliability: Reliability | null;
  readonly combat: CombatSettings | null;
  readonly prepared: Prepared;
  readonly job: ResampleJob;
  readonly horizons: readonly number[];
  readonly followUpMonths: number;
  /** Those whose regions the table holds. */
  readonly signatures: readonly TrainedSignature[];
  readonly chosen: TrainedSignature;
  readonly clinical: readonly ClinicalAssociation[];
  readonly nomogram: FittedNomogram;
  readonly warnings: readonly string[];
}

/** Outcomes of the resamples 1 to `count`, in order. */
export type RunResamples = (
  job: ResampleJob,
  count: number,
) => Promise<readonly (readonly ResampleOutcome[])[]>;

/**
 * @param repeats features measured again, for the filter that `settings.repeats` asks for
 * @throws InputError TABLE_INVALID, MODEL_FIT or SETTING_UNSUPPORTED
 */
export async function train(
  cohort: Cohort,
  settings: TrainingSettings,
  runResamples: RunResamples,
  repeats: Repeats | null = null,
): Promise<Training> {
  requireSurvivalData(cohort.data);
  requireTrainable(cohort);
  const { horizons, followUpMonths } = horizonsOf(cohort.data, settings.horizonsMonths);
  // Whatever separates the events alone does so in the nomogram: better said before the long part.
  fitCox(cohort.data, [cohort.age], ['age'], settings.ties);
  const { columns, reliability } = chooseColumns(cohort, settings, repeats);
  const combat = combatOf(cohort, settings);
  const available = SIGNATURES.flatMap((signature) => {
    const members = membersOf(signature, columns.features);
    return members ? [{ signature, members }] : [];
  });
  const job: ResampleJob = {
    table: {
      data: cohort.data,
      patient: [...cohort.patients.keys()],
      batch: cohort.batch ?? cohort.patients.map(() => ''),
      columns: columns.values,
    },
    clinical: [cohort.age],
    signatures: available.map(({ members }) => members),
    selection: settings.selection,
    combat,
    ties: settings.ties,
    seed: settings.seed,
    grids: timeGrids(horizons, settings.aucMonths),
  };
  const prepared = prepare(job.table, combat);
  requireCandidates(prepared, columns);
  const outcomes = await runResamples(job, settings.resamples);
  const signatures = available.map(({ signature, members }, s): TrainedSignature => {
    const random = signatureRandom(settings.seed, s, 0);
    const fit = fitSignature(prepared, new Set(members), settings.selection, random);
    const score = signatureScore(fit, prepared, job.table);
    const ofSignature = outcomes.map((outcome) => outcome[s]);
    return { ...summarise(job, signature, fit, score, ofSignature), fit, score };
  });
  const chosen = choose(signatures, settings.signature);
  const nomogram = fitNomogram(cohort, chosen.score, settings.ties, followUpMonths);
  const clinical = screenClinical(cohort);
  const partial = {
    settings,
    cohort,
    columns,
    reliability,
    combat,
    prepared,
    job,
    horizons,
    followUpMonths,
  };
  const result = { ...partial, signatures, chosen, clinical, nomogram };
  return { ...result, warnings: trainingWarnings(result) };
}

/** No outcome takes part in this, so it need not be repeated in the resamples. */
function chooseColumns(
  cohort: Cohort,
  settings: TrainingSettings,
  repeats: Repeats | null,
): { columns: UsableColumns; reliability: Reliability | null } {
  const columns = usableColumns(cohort.features, cohort.values, settings.maximumMissing);
  if (repeats === null || !settings.repeats) return { columns, reliability: null };
  return reliableColumns(columns, repeats, settings.repeats);
}

/** The largest batch is the reference when none is named: it then stays as it was measured. */
function combatOf(cohort: Cohort, settings: TrainingSettings): CombatSettings | null {
  if (settings.combat === 'none' || cohort.batch === null) return null;
  const counts = new Map<string, number>();
  for (const batch of cohort.batch) counts.set(batch, (counts.get(batch) ?? 0) + 1);
  if (counts.size < 2) return null;
  const [[largest]] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const { variant, referenceBatch } = settings.combat;
  return { variant, referenceBatch: referenceBatch === undefined ? largest : referenceBatch };
}

function requireCandidates(prepared: Prepared, columns: UsableColumns): void {
  if (prepared.usable.length > 0) return;
  throw new InputError(
    'TABLE_INVALID',
    `All ${columns.features.length} features are filtered out, because they are (nearly) constant in the cohort or in one of its batches: check the feature table and the batches.`,
  );
}

function choose(signatures: readonly TrainedSignature[], wanted: string): TrainedSignature {
  const selected = signatures.filter(({ fit }) => fit.features.length > 0);
  if (wanted !== 'best') {
    const named = selected.find(({ signature }) => signature.name === wanted);
    if (named) return named;
    const reason = signatures.some(({ signature }) => signature.name === wanted)
      ? 'the selection keeps none of its features'
      : 'the feature table has no column of its regions';
    throw new InputError(
      'MODEL_FIT',
      `The signature “${wanted}” cannot be the RPRS, because ${reason}: choose another or “best”.`,
    );
  }
  if (selected.length === 0) {
    throw new InputError(
      'MODEL_FIT',
      'All features are filtered out: in every signature the penalised Cox model keeps none, so these features do not predict the outcome of this cohort and no model is written.',
    );
  }
  return selected.reduce((best, other) => (other.c.corrected > best.c.corrected ? other : best));
}

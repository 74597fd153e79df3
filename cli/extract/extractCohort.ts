/**
 * Features of a cohort in three steps: each patient is prepared; landmarks and habitats are fitted on
 * the training patients; each patient is measured with them. Rows are worked on beside each other;
 * what is written follows the order of the manifest, so it does not depend on who was ready first.
 */
import path from 'node:path';
import { isInputError, InputError } from '../../src/chain/errors';
import { SOFTWARE } from '../../src/chain/software';
import { featureList } from '../../src/cohort/featureList';
import { fitHabitats, fitLandmarks } from '../../src/cohort/fitArtefacts';
import type { CohortPreprocessing, ExtractSettings } from '../../src/cohort/settings';
import type { WantedFeature } from '../../src/chain/measureFeatures';
import type { TumourVoxels } from '../../src/habitats/trainHabitats';
import { artefactsSchema, type Artefacts } from '../../src/training/settings';
import type { FailedRow, MeasuredRow } from './cohortTables';
import type { ManifestRow } from './manifest';
import type { RowPool } from './rowPool';
import type { PrepareResult } from './rowTasks';
import { readWork, workKey, writeWhole } from './workFolder';

/** How the cohort is measured: with artefacts that are fitted on it, or with frozen ones. */
export type Measurement =
  | { readonly kind: 'fit'; readonly settings: ExtractSettings }
  | {
      readonly kind: 'frozen';
      readonly artefacts: Artefacts;
      readonly preprocessing: CohortPreprocessing;
      readonly features: readonly WantedFeature[];
    };

export interface Surroundings {
  readonly folder: string;
  readonly resume: boolean;
  readonly pool: RowPool;
  /** A step has done so many of its rows; `reused`: without work. */
  onRow(step: string, done: number, of: number, reused: boolean): void;
  onFailure(failure: FailedRow): void;
}

export interface ExtractedCohort {
  readonly artefacts: Artefacts;
  readonly features: readonly WantedFeature[];
  readonly measured: readonly MeasuredRow[];
  readonly failed: readonly FailedRow[];
}

interface PreparedRow extends PrepareResult {
  readonly row: ManifestRow;
}

/** @throws InputError when nothing can be fitted or measured; rows that fail are in the result. */
export async function extractCohort(
  rows: readonly ManifestRow[],
  how: Measurement,
  around: Surroundings,
): Promise<ExtractedCohort> {
  const failed: FailedRow[] = [];
  const fail = (row: ManifestRow, error: unknown): void => {
    const failure = failureOf(row, error);
    failed.push(failure);
    around.onFailure(failure);
  };
  const { folder, resume, pool } = around;
  const { preprocessing } = how.kind === 'fit' ? how.settings : how;
  const features = how.kind === 'fit' ? featuresOf(how.settings) : how.features;
  const prepared = await overRows('Preparing', rows, around, fail, async (row) => {
    const { location } = row;
    const result = await pool.prepare({ kind: 'prepare', folder, resume, location, preprocessing });
    return { ...result, row };
  });
  const artefacts = how.kind === 'fit' ? await fit(prepared, how.settings, around) : how.artefacts;
  const { habitats, extraction } = artefacts;
  const frozen = { preprocessing: artefacts.preprocessing, habitats, extraction };
  const measured = await overRows('Measuring', prepared, around, fail, async (patient) => {
    const task = { folder, resume, prepared: patient.prepared, artefacts: frozen };
    const result = await pool.measure({ kind: 'measure', ...task, features });
    const { values, reused } = result;
    const { row } = patient;
    return { row, values, cautions: [...patient.cautions, ...result.cautions], reused };
  });
  failed.sort((a, b) => a.row.row - b.row.row);
  return { artefacts, features, measured, failed };
}

function featuresOf({ features, extraction }: ExtractSettings): WantedFeature[] {
  return featureList(features, extraction);
}

/** As many at a time as the pool has threads; the results in the order of the rows. */
async function overRows<T extends { readonly row: ManifestRow } | ManifestRow, Result>(
  step: string,
  rows: readonly T[],
  { pool, onRow }: Surroundings,
  fail: (row: ManifestRow, error: unknown) => void,
  work: (row: T) => Promise<Result & { readonly reused: boolean }>,
): Promise<Result[]> {
  const results = new Map<T, Result>();
  const queue = [...rows];
  let done = 0;
  const next = async (): Promise<void> => {
    for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
      let reused = false;
      try {
        const result = await work(row);
        results.set(row, result);
        ({ reused } = result);
      } catch (error) {
        fail('location' in row ? row : row.row, error);
      }
      onRow(step, ++done, rows.length, reused);
    }
  };
  await Promise.all(Array.from({ length: pool.threads }, next));
  return rows.flatMap((row) => results.get(row) ?? []);
}

/** Sorted by name: the order of the manifest's rows changes nothing. */
async function fit(
  prepared: readonly PreparedRow[],
  settings: ExtractSettings,
  { folder, resume, pool, onRow }: Surroundings,
): Promise<Artefacts> {
  const training = prepared
    .filter(({ row }) => row.cohort === 'train')
    .sort((a, b) => (a.row.patient < b.row.patient ? -1 : 1));
  const files = training.map(({ prepared: file }) => file);
  const name = `${workKey({ files, settings })}.artefacts.json`;
  const known = resume ? await readArtefacts(folder, name) : null;
  if (known !== null) return known;
  const { standardisation: percentiles, ...preprocessing } = settings.preprocessing;
  const standardisation = fitLandmarks(
    training.map(({ landmarks }) => landmarks),
    percentiles.percentiles,
  );
  const samples: TumourVoxels[] = [];
  for (const [patient, { prepared: file }] of training.entries()) {
    const task = { folder, resume, prepared: file, standardisation, patient };
    samples.push(
      await pool.sample({ kind: 'sample', ...task, training: settings.habitats.training }),
    );
    onRow('Fitting landmarks and habitats', patient + 1, training.length, true);
  }
  const artefacts = artefactsSchema.parse({
    preprocessing: { ...preprocessing, standardisation },
    habitats: fitHabitats(samples, settings.habitats),
    extraction: settings.extraction,
    features: settings.features,
    fittedOn: { patients: training.length },
    software: SOFTWARE,
  });
  await writeWhole(path.join(folder, name), JSON.stringify(artefacts));
  return artefacts;
}

async function readArtefacts(folder: string, name: string): Promise<Artefacts | null> {
  const bytes = await readWork(folder, name);
  if (bytes === null) return null;
  const parsed = artefactsSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  return parsed.success ? parsed.data : null;
}

function failureOf(row: ManifestRow, error: unknown): FailedRow {
  const message = error instanceof Error ? error.message : String(error);
  return isInputError(error)
    ? { row, code: error.code, reason: message }
    : { row, code: 'INTERNAL', reason: `Internal error, please report it: ${message}` };
}

/** @throws InputError TABLE_INVALID when no row could be measured */
export function requireMeasured({ measured, failed }: ExtractedCohort): void {
  if (measured.length > 0) return;
  throw new InputError(
    'TABLE_INVALID',
    `None of the ${failed.length} patients could be measured (the first: ${failed[0].reason}): mend the manifest.`,
  );
}

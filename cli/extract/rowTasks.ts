/** What is done with one row of a cohort, in a worker or here. Results go to the work folder. */
import path from 'node:path';
import { z } from 'zod';
import type { Flag } from '../../src/chain/analysis';
import type { BothSequences } from '../../src/chain/bothSequences';
import { SILENT_RUN } from '../../src/chain/stage';
import type { WantedFeature } from '../../src/chain/measureFeatures';
import { sampleTumour } from '../../src/cohort/fitArtefacts';
import { measureStudy } from '../../src/cohort/measureStudy';
import { prepareStudy } from '../../src/cohort/prepareStudy';
import type { PreparedStudy } from '../../src/cohort/prepareStudy';
import type { CohortPreprocessing } from '../../src/cohort/settings';
import type { HabitatTraining, TumourVoxels } from '../../src/habitats/trainHabitats';
import type { Model } from '../../src/model/schema';
import { elastixNodeEngine } from '../../src/register/elastixNode';
import type { StudyLocation } from './manifest';
import { decodePrepared, encodePrepared } from './preparedFile';
import { openRow } from './readRow';
import { hasWork, readWork, workKey, writeWhole } from './workFolder';

/** One line of the cautions: a flag of the analysis. */
export interface Caution {
  readonly code: string;
  readonly message: string;
}

interface Common {
  readonly folder: string;
  /** Take what an earlier run left. */
  readonly resume: boolean;
}

export interface PrepareTask extends Common {
  readonly kind: 'prepare';
  readonly location: StudyLocation;
  readonly preprocessing: CohortPreprocessing;
}

export interface SampleTask extends Common {
  readonly kind: 'sample';
  readonly prepared: string;
  readonly standardisation: Model['preprocessing']['standardisation'];
  readonly training: HabitatTraining;
  readonly patient: number;
}

export interface MeasureTask extends Common {
  readonly kind: 'measure';
  readonly prepared: string;
  readonly artefacts: Pick<Model, 'preprocessing' | 'habitats' | 'extraction'>;
  readonly features: readonly WantedFeature[];
}

export type RowTask = PrepareTask | SampleTask | MeasureTask;

export interface PrepareResult {
  /** The prepared patient's file in the work folder. */
  readonly prepared: string;
  readonly landmarks: BothSequences<readonly number[]>;
  readonly cautions: readonly Caution[];
  readonly reused: boolean;
}

export interface MeasureResult {
  readonly values: readonly (number | null)[];
  readonly cautions: readonly Caution[];
  readonly reused: boolean;
}

const cautions = z.array(z.strictObject({ code: z.string(), message: z.string() }));
const numbers = z.array(z.number());
const preparedNote = z.strictObject({
  landmarks: z.strictObject({ fsT2: numbers, ceT1: numbers }),
  cautions,
});
const measuredNote = z.strictObject({ values: z.array(z.number().nullable()), cautions });

/** Nobody watches the stages of a row: a row is a step. */
const WATCHER = { signal: SILENT_RUN.signal, report: () => undefined };

export function doRowTask(task: RowTask): Promise<PrepareResult | TumourVoxels | MeasureResult> {
  switch (task.kind) {
    case 'prepare':
      return prepareRow(task);
    case 'sample':
      return sampleRow(task);
    case 'measure':
      return measureRow(task);
  }
}

export async function prepareRow(task: PrepareTask): Promise<PrepareResult> {
  const { folder, resume, preprocessing } = task;
  const images = await openRow(task.location);
  const key = workKey({ images: images.digest, preprocessing });
  const prepared = `${key}.prepared`;
  const note = `${key}.prepared.json`;
  // The note is written last: where it is, the images are.
  const known = resume ? await readJson(folder, note, preparedNote) : null;
  if (known !== null && (await hasWork(folder, prepared))) {
    return { prepared, ...known, reused: true };
  }
  const study = await prepareStudy(images.read, preprocessing, elastixNodeEngine, WATCHER);
  const found = { landmarks: study.landmarks, cautions: study.flags.map(cautionOf) };
  await writeWhole(path.join(folder, prepared), encodePrepared(study));
  await writeWhole(path.join(folder, note), JSON.stringify(found));
  return { prepared, ...found, reused: false };
}

/** Part of the tumour's voxels, standardised, for the habitats of the cohort. */
export async function sampleRow(task: SampleTask): Promise<TumourVoxels> {
  const study = await readPrepared(task.folder, task.prepared);
  return sampleTumour(study, task.standardisation, task.training, task.patient);
}

export async function measureRow(task: MeasureTask): Promise<MeasureResult> {
  const { folder, resume, prepared, artefacts, features } = task;
  const { preprocessing, habitats, extraction } = artefacts;
  const fitted = { standardisation: preprocessing.standardisation, habitats, extraction };
  const name = `${workKey({ prepared, fitted, features })}.features.json`;
  const known = resume ? await readJson(folder, name, measuredNote) : null;
  if (known !== null) return { ...known, reused: true };
  const study = await readPrepared(folder, prepared);
  const { values, flags } = await measureStudy(study, artefacts, features, SILENT_RUN);
  const found = { values, cautions: flags.map(cautionOf) };
  await writeWhole(path.join(folder, name), JSON.stringify(found));
  return { ...found, reused: false };
}

function cautionOf({ code, message }: Flag): Caution {
  return { code, message };
}

async function readPrepared(folder: string, name: string): Promise<PreparedStudy> {
  const bytes = await readWork(folder, name);
  const study = bytes === null ? null : decodePrepared(bytes);
  if (study === null) throw new Error(`${name} is missing from ${folder} or was cut off.`);
  return { ...study, flags: [] };
}

async function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): Promise<T | null> {
  const bytes = await readWork(folder, name);
  if (bytes === null) return null;
  const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  return parsed.success ? parsed.data : null;
}

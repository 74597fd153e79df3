import type { AnalysisResult, TumourSource } from '../../../src/chain/analysis';
import type { StageId, StageState } from '../../../src/chain/stage';
import { STAGES } from '../../../src/chain/stage';
import type { SeriesRoles } from '../../../src/dicom/seriesRoles';
import type { SeriesDescriptor } from '../../../src/dicom/sequenceSigns';
import type { ReportIdentity } from '../../../src/dicom/sr/reportIdentity';
import type { Model } from '../../../src/model/schema';
import type { Opening } from './archiving';
import { NO_DRAWINGS, type Drawings } from './drawings';
import { NOTHING_KEPT, type Keeping } from './keeping';
import { NO_REVIEWS, type Reviews } from './reviewing';
import type { StoringState } from './storing';

/** A tumour that can be analysed. Stored ones are read in the worker, drawn ones from the viewer. */
export interface TumourChoice {
  /** Stable as long as the tumour exists, unique in the study. */
  readonly id: string;
  readonly label: string;
  readonly source:
    | Exclude<TumourSource, { readonly kind: 'drawn' }>
    | { readonly kind: 'viewer'; readonly segmentationId: string; readonly segmentIndex: number };
}

/** What the viewer knows of the open study. */
export interface StudyFacts {
  readonly studyInstanceUid: string;
  readonly series: readonly SeriesDescriptor[];
  readonly tumours: readonly TumourChoice[];
  /** Years, or null when the study does not say. */
  readonly age: number | null;
  /** Results that are stored, newest first. */
  readonly reports: readonly ReportIdentity[];
}

export interface Setup {
  readonly roles: SeriesRoles;
  /** True once the user has chosen a series: later arrivals then change nothing. */
  readonly rolesChosen: boolean;
  readonly tumourId: string | null;
  readonly tumourChosen: boolean;
  /** As typed. */
  readonly age: string;
  readonly ageOrigin: 'study' | 'entered';
  /** null: the scanner is not one of the model's batches. */
  readonly batch: string | null;
  /** 'identity': the scanner's positions, because the user rejected the registration. */
  readonly registration: 'model' | 'identity';
}

export interface LoadedModel {
  readonly model: Model;
  /** The file as it was read, which goes to the worker and is validated there again. */
  readonly json: unknown;
  /** Where it came from: an address or a file name. */
  readonly origin: string;
}

export interface ModelState {
  readonly current: LoadedModel | null;
  readonly loading: boolean;
  readonly refusal: string | null;
}

/** A stage and, while it runs, since when (milliseconds). */
export interface StageProgress {
  readonly state: StageState;
  readonly startedAt: number | null;
}

export type Stages = Readonly<Record<StageId, StageProgress>>;

export type RunState =
  | { readonly phase: 'idle' }
  | {
      readonly phase: 'running';
      readonly startedAt: number;
      readonly stages: Stages;
      readonly cancelling: boolean;
    }
  | { readonly phase: 'cancelled'; readonly stages: Stages }
  | { readonly phase: 'failed'; readonly stages: Stages; readonly message: string }
  | { readonly phase: 'done'; readonly stages: Stages; readonly seconds: number };

/** A result stays until a newer one has been computed, whatever happens in between. */
export interface Outcome {
  readonly result: AnalysisResult;
  readonly tumour: TumourChoice | null;
  /** What it was computed from; compared with the present choices to say whether it is current. */
  readonly inputs: string;
  readonly storing: StoringState;
  /** Present when it was read from the archive instead of computed. */
  readonly archive?: {
    readonly identity: ReportIdentity;
    /** Sentences: what is no longer as it was when the result was computed. */
    readonly changes: readonly string[];
  };
}

export interface OverlayState {
  readonly visible: boolean;
  /** 0 to 1. */
  readonly opacity: number;
}

export interface Session {
  readonly facts: StudyFacts;
  readonly setup: Setup;
  readonly model: ModelState;
  readonly run: RunState;
  readonly outcome: Outcome | null;
  readonly reviews: Reviews;
  readonly overlay: OverlayState;
  /** null: no stored result is being opened. */
  readonly opening: Opening | null;
  readonly keeping: Keeping;
  readonly drawings: Drawings;
  /** Why this archive cannot be stored to, in one sentence; null when it can, or is not known yet. */
  readonly readOnly: string | null;
  /** Why Analyse was refused, in one sentence; null when it was not. */
  readonly refusal: string | null;
}

const DEFAULT_OPACITY = 0.45;

export function chosenTumour({ facts, setup }: Session): TumourChoice | null {
  return facts.tumours.find(({ id }) => id === setup.tumourId) ?? null;
}

export function newSession(studyInstanceUid: string): Session {
  return {
    facts: { studyInstanceUid, series: [], tumours: [], age: null, reports: [] },
    setup: {
      roles: { fsT2: null, ceT1: null },
      rolesChosen: false,
      tumourId: null,
      tumourChosen: false,
      age: '',
      ageOrigin: 'study',
      batch: null,
      registration: 'model',
    },
    model: { current: null, loading: false, refusal: null },
    run: { phase: 'idle' },
    outcome: null,
    reviews: NO_REVIEWS,
    overlay: { visible: true, opacity: DEFAULT_OPACITY },
    opening: null,
    keeping: NOTHING_KEPT,
    drawings: NO_DRAWINGS,
    readOnly: null,
    refusal: null,
  };
}

export function waitingStages(): Stages {
  const waiting: StageProgress = { state: { state: 'waiting' }, startedAt: null };
  return Object.fromEntries(STAGES.map(({ id }) => [id, waiting])) as Stages;
}

/** Identifies what a result depends on. */
export function inputsOf(session: Session): string {
  const { roles, tumourId, age, batch, registration } = session.setup;
  const hash = session.model.current?.model.hash ?? null;
  return JSON.stringify([roles.fsT2, roles.ceT1, tumourId, Number(age), batch, hash, registration]);
}

export function isUnsaved({ storing }: Outcome): boolean {
  return storing.phase !== 'stored';
}

/** True when leaving the page would lose something. */
export function hasUnsavedWork(session: Session): boolean {
  const unstored = session.outcome !== null && isUnsaved(session.outcome);
  return session.run.phase === 'running' || unstored || hasUnsavedDrawing(session);
}

/** Segmentations that "Draw it…" makes carry this prefix. */
export const DRAWING_PREFIX = 'sts-habitat-tumour:';

/** A contour drawn here is safe only in the SEG of a stored result: the viewer itself keeps no drawing. */
function hasUnsavedDrawing({ facts, outcome }: Session): boolean {
  const stored = outcome && !isUnsaved(outcome) ? outcome.tumour?.id : undefined;
  return facts.tumours.some(
    ({ id, source }) =>
      source.kind === 'viewer' && source.segmentationId.startsWith(DRAWING_PREFIX) && id !== stored,
  );
}

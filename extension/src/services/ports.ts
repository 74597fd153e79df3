import type {
  AnalysisRequest,
  AnalysisResult,
  DicomObject,
  ImageSource,
  OverlayPlane,
  RegistrationCheck,
  TumourSource,
} from '../../../src/chain/analysis';
import type { StageReport } from '../../../src/chain/stage';
import type { StoredResult } from '../../../src/chain/storedResult';
import type { ReportIdentity } from '../../../src/dicom/sr/reportIdentity';
import type { SequenceId } from '../../../src/model/schema';
import type { Drawing, KeptDrawing } from './drawings';
import type { KeptResult } from './keeping';
import type { LoadedModel, OverlayState, TumourChoice } from './session';
import type { ObjectKind, ObjectState } from './storing';

export interface AnalysisHandle {
  /** Rejects with an InputError for input that is refused, with AbortError after `cancel`. */
  readonly result: Promise<AnalysisResult>;
  /** Ends the worker, whatever it is doing. */
  cancel(): void;
}

export interface OverlayContent {
  readonly studyInstanceUid: string;
  readonly planes: Readonly<Record<SequenceId, readonly OverlayPlane[]>>;
  readonly habitatNames: readonly [string, string, string];
  /** The drawn tumour that was analysed: shown as an outline, so that the habitats stay readable. */
  readonly tumourSegmentationId: string | null;
}

/** Results that are not stored yet, in this browser. All reject with an InputError that says why. */
export interface KeptResults {
  save(result: KeptResult): Promise<void>;
  /** Those of a study, oldest first. */
  find(studyInstanceUid: string): Promise<readonly KeptResult[]>;
  remove(id: KeptResult['id']): Promise<void>;
}

/** Drawings that are in no stored result, in this browser. All reject with an InputError that says why. */
export interface KeptDrawings {
  save(drawing: KeptDrawing): Promise<void>;
  /** Those of a study, oldest first. */
  find(studyInstanceUid: string): Promise<readonly KeptDrawing[]>;
  remove(id: KeptDrawing['id']): Promise<void>;
}

/** Everything outside the state machine, so that tests can run the panel without a viewer. */
export interface Ports {
  readonly analyse: (
    request: AnalysisRequest,
    onReport: (report: StageReport) => void,
    /** At most once, when both series are registered. */
    onRegistered: (check: RegistrationCheck) => void,
  ) => AnalysisHandle;
  /** Sends the objects, reads them back and compares. Rejects with an InputError. */
  readonly store: (
    objects: readonly DicomObject[],
    onStep: (kind: ObjectKind, state: ObjectState) => void,
  ) => Promise<void>;
  /** Reads a result that the archive holds. Rejects with an InputError. */
  readonly openStored: (report: ReportIdentity) => Promise<StoredResult>;
  /** Why nothing can be stored in this archive, in one sentence; null when nothing speaks against it. */
  readonly storeRefusal: () => Promise<string | null>;
  readonly kept: KeptResults;
  readonly drawings: KeptDrawings;
  /** @throws InputError MODEL_INVALID, MODEL_VERSION, FILE_UNREADABLE */
  readonly loadModel: (from: 'default' | File) => Promise<LoadedModel>;
  readonly imageSource: (studyInstanceUid: string) => ImageSource;
  readonly readDrawnTumour: (choice: TumourChoice) => TumourSource;
  /** The same to be kept. Throws an InputError when nothing is drawn. */
  readonly readDrawing: (choice: TumourChoice) => Drawing;
  /** Puts a kept drawing back on its images; answers with the tumour. Rejects with an InputError. */
  readonly restoreDrawing: (drawing: Drawing) => Promise<TumourChoice['id']>;
  readonly showOverlay: (content: OverlayContent, look: OverlayState) => Promise<void>;
  /** Takes the habitats off the images. */
  readonly clearOverlay: () => void;
  readonly restyleOverlay: (look: OverlayState) => void;
  /** Puts a series into the viewport of its sequence. */
  readonly showSeries: (sequence: SequenceId, seriesInstanceUid: string) => void;
  /** Opens the drawing tools; answers with the tumour that is drawn, if it can be drawn here. */
  readonly startDrawing: (seriesInstanceUid: string | null) => Promise<TumourChoice['id'] | null>;
  readonly download: (fileName: string, bytes: Uint8Array) => void;
  readonly notify: (type: 'success' | 'error', message: string) => void;
  /** For the developer: errors that are not the user's, without patient data. */
  readonly log: (error: unknown) => void;
  readonly now: () => number;
}

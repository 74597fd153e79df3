import type {
  AnalysisRequest,
  AnalysisResult,
  DicomObject,
  ImageSource,
  OverlayPlane,
  TumourSource,
} from '../../../src/chain/analysis';
import type { StageReport } from '../../../src/chain/stage';
import type { SequenceId } from '../../../src/model/schema';
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

/** Everything outside the state machine, so that tests can run the panel without a viewer. */
export interface Ports {
  readonly analyse: (
    request: AnalysisRequest,
    onReport: (report: StageReport) => void,
  ) => AnalysisHandle;
  /** Sends the objects, reads them back and compares. Rejects with an InputError. */
  readonly store: (
    objects: readonly DicomObject[],
    onStep: (kind: ObjectKind, state: ObjectState) => void,
  ) => Promise<void>;
  /** @throws InputError MODEL_INVALID, MODEL_VERSION, FILE_UNREADABLE */
  readonly loadModel: (from: 'default' | File) => Promise<LoadedModel>;
  readonly imageSource: (studyInstanceUid: string) => ImageSource;
  readonly readDrawnTumour: (choice: TumourChoice) => TumourSource;
  readonly showOverlay: (content: OverlayContent, look: OverlayState) => Promise<void>;
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

import type { AnalysisRequest, AnalysisResult, RegistrationCheck } from '../chain/analysis';
import { InputError } from '../chain/errors';
import type { StageReport } from '../chain/stage';
import type { ChainMessage, StartMessage } from './protocol';

/** What is used of a Worker, so that tests can bring their own. */
export interface WorkerLike {
  postMessage(message: StartMessage): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<ChainMessage>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

export interface RunningAnalysis {
  /**
   * Rejects with an InputError for input that is refused, with an AbortError after `cancel`, with
   * an Error when the program failed.
   */
  readonly result: Promise<AnalysisResult>;
  /** Ends the worker at once, whatever it is doing. Nothing happens after the end. */
  cancel(): void;
}

export interface AnalysisJob {
  readonly request: AnalysisRequest;
  /** Absolute address, with a slash at the end, of the folder the plugin is served from. */
  readonly assetsBaseUrl: string;
}

/** Runs one analysis in a fresh worker and ends the worker afterwards. */
export function runInWorker(
  worker: WorkerLike,
  job: AnalysisJob,
  onReport: (report: StageReport) => void,
  onRegistered: (check: RegistrationCheck) => void = () => undefined,
): RunningAnalysis {
  let cancel: () => void = () => undefined;
  const result = new Promise<AnalysisResult>((resolve, reject) => {
    const end = (finish: () => void): void => {
      worker.onmessage = worker.onerror = worker.onmessageerror = null;
      worker.terminate();
      finish();
    };
    cancel = () => end(() => reject(new DOMException('The analysis was cancelled.', 'AbortError')));
    worker.onmessage = ({ data }) => {
      if (data.type === 'report') onReport(data.report);
      else if (data.type === 'registered') onRegistered(data.check);
      else if (data.type === 'result') end(() => resolve(data.result));
      else if (data.type === 'refused') end(() => reject(new InputError(data.code, data.message)));
      else end(() => reject(new Error(data.message)));
    };
    worker.onerror = (event) =>
      end(() => reject(new Error(event.message || 'The worker of the analysis could not start.')));
    worker.onmessageerror = () =>
      end(() => reject(new Error("The worker's answer could not be read.")));
  });
  worker.postMessage({ type: 'start', ...job });
  return { result, cancel: () => cancel() };
}

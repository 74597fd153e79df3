import type { AnalysisRequest, AnalysisResult, RegistrationCheck } from '../chain/analysis';
import { InputError } from '../chain/errors';
import type { StageReport } from '../chain/stage';
import type { RenewHeaders } from '../chain/studySource';
import type { StoredResult } from '../chain/storedResult';
import type { ChainMessage, OpenMessage, PageMessage } from './protocol';

/** What is used of a Worker, so that tests can bring their own. */
export interface WorkerLike {
  postMessage(message: PageMessage): void;
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

/** What the page does for a running worker. */
interface PageSide {
  onReport(report: StageReport): void;
  onRegistered(check: RegistrationCheck): void;
  readonly renewHeaders: RenewHeaders;
}

/** Runs one analysis in a fresh worker and ends the worker afterwards. */
export function runInWorker(
  worker: WorkerLike,
  job: AnalysisJob,
  onReport: (report: StageReport) => void,
  onRegistered: (check: RegistrationCheck) => void = () => undefined,
  renewHeaders: RenewHeaders = noOthers,
): RunningAnalysis {
  const page = { onReport, onRegistered, renewHeaders };
  return converse(worker, { type: 'start', ...job }, page, (message) =>
    message.type === 'result' ? message.result : undefined,
  );
}

const noOthers: RenewHeaders = () => Promise.resolve(null);
const unheard = (): void => undefined;

/** Reads a stored result in a fresh worker: a large SEG takes a while to decode. */
export function openInWorker(
  worker: WorkerLike,
  job: Omit<OpenMessage, 'type'>,
  renewHeaders: RenewHeaders = noOthers,
): Promise<StoredResult> {
  const page = { onReport: unheard, onRegistered: unheard, renewHeaders };
  return converse(worker, { type: 'open', ...job }, page, (message) =>
    message.type === 'opened' ? message.stored : undefined,
  ).result;
}

/** `answer`: what the last message of a good end holds. */
function converse<T>(
  worker: WorkerLike,
  first: PageMessage,
  page: PageSide,
  answer: (message: ChainMessage) => T | undefined,
): { readonly result: Promise<T>; cancel(): void } {
  let cancel: () => void = () => undefined;
  const result = new Promise<T>((resolve, reject) => {
    const end = (finish: () => void): void => {
      worker.onmessage = worker.onerror = worker.onmessageerror = null;
      worker.terminate();
      finish();
    };
    cancel = () => end(() => reject(new DOMException('The analysis was cancelled.', 'AbortError')));
    worker.onmessage = ({ data }) => {
      const found = answer(data);
      if (found !== undefined) end(() => resolve(found));
      else if (data.type === 'report') page.onReport(data.report);
      else if (data.type === 'registered') page.onRegistered(data.check);
      else if (data.type === 'unauthorised') answerHeaders(worker, page, data.refused);
      else if (data.type === 'refused') end(() => reject(new InputError(data.code, data.message)));
      else if (data.type === 'crashed') end(() => reject(new Error(data.message)));
      else end(() => reject(new Error(`unexpected answer: ${data.type}`)));
    };
    worker.onerror = (event) =>
      end(() => reject(new Error(event.message || 'The worker of the analysis could not start.')));
    worker.onmessageerror = () =>
      end(() => reject(new Error("The worker's answer could not be read.")));
  });
  worker.postMessage(first);
  return { result, cancel: () => cancel() };
}

function answerHeaders(
  worker: WorkerLike,
  { renewHeaders }: PageSide,
  refused: Parameters<RenewHeaders>[0],
): void {
  const answer = (headers: Awaited<ReturnType<RenewHeaders>>): void =>
    worker.postMessage({ type: 'headers', headers });
  // Without other headers the refusal of the archive stands, which says what is wrong.
  renewHeaders(refused).then(answer, () => answer(null));
}

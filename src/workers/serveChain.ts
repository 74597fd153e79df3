import type { AnalysisResult, RegistrationCheck } from '../chain/analysis';
import { isInputError } from '../chain/errors';
import { analyse } from '../chain/habitatChain';
import type { StageReport } from '../chain/stage';
import { archiveOf } from '../chain/studySource';
import type { RenewHeaders } from '../chain/studySource';
import { readStoredResult } from '../chain/storedResult';
import type { TaskPool } from '../radiomics/extractRadiomics';
import type { RigidEngine } from '../register/engine';
import type { ChainMessage, HeadersMessage, OpenMessage, PageMessage } from './protocol';

/** The worker's side of the line. */
export interface WorkerPort {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: ChainMessage, transfer: ArrayBuffer[]): void;
}

/** Progress of a running stage is passed on at most this often. */
const REPORT_INTERVAL_MS = 100;

/** Answers one `start` with an analysis, or one `open` with a stored result; see `protocol.ts`. */
export function serveChain(
  port: WorkerPort,
  engineFor: (assetsBaseUrl: string) => RigidEngine,
  run: typeof analyse = analyse,
  featurePool?: TaskPool,
): void {
  const renewHeaders = headersFromPage(port);
  port.addEventListener('message', ({ data }) => {
    if (isMessage(data, 'open')) open(port, data, renewHeaders);
    if (!isMessage(data, 'start')) return;
    const context = {
      renewHeaders,
      engine: engineFor(data.assetsBaseUrl),
      ...(featurePool && { featurePool }),
      report: throttled((report) => port.postMessage({ type: 'report', report }, [])),
      onRegistered: (check: RegistrationCheck) =>
        port.postMessage({ type: 'registered', check }, planeBuffers(check)),
      signal: new AbortController().signal,
    };
    run(data.request, context).then(
      (result) => port.postMessage({ type: 'result', result }, buffersOf(result)),
      (error: unknown) => port.postMessage(failure(error), []),
    );
  });
}

function open(port: WorkerPort, { source, report }: OpenMessage, renew: RenewHeaders): void {
  readStoredResult(archiveOf(source, renew), report).then(
    (stored) => port.postMessage({ type: 'opened', stored }, buffersOf(stored.result)),
    (error: unknown) => port.postMessage(failure(error), []),
  );
}

/** The login is the page's: it is asked, one request after the other. */
function headersFromPage(port: WorkerPort): RenewHeaders {
  const waiting: ((headers: HeadersMessage['headers']) => void)[] = [];
  port.addEventListener('message', ({ data }) => {
    if (isMessage(data, 'headers')) waiting.shift()?.(data.headers);
  });
  return (refused) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port.postMessage({ type: 'unauthorised', refused }, []);
    });
}

function isMessage<Type extends PageMessage['type']>(
  data: unknown,
  type: Type,
): data is Extract<PageMessage, { readonly type: Type }> {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === type;
}

function failure(error: unknown): ChainMessage {
  if (isInputError(error)) return { type: 'refused', code: error.code, message: error.message };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { type: 'crashed', message };
}

/** Every change of state goes through; repeated progress of a stage only now and then. */
function throttled(send: (report: StageReport) => void): (report: StageReport) => void {
  let [stage, sentAt] = ['', -Infinity];
  return (report) => {
    const now = performance.now();
    const isProgress = report.state.state === 'running' && report.stage === stage;
    if (isProgress && now - sentAt < REPORT_INTERVAL_MS) return;
    [stage, sentAt] = [report.stage, now];
    send(report);
  };
}

/** The large arrays of a result, which move to the page instead of being copied. */
function buffersOf({ overlays, objects, acceptedReport }: AnalysisResult): ArrayBuffer[] {
  return distinctBuffers([
    ...Object.values(overlays).flatMap((planes) => planes.map(({ labels }) => labels)),
    ...objects.map(({ part10 }) => part10),
    ...(acceptedReport ? [acceptedReport.part10] : []),
  ]);
}

function planeBuffers({ planes }: RegistrationCheck): ArrayBuffer[] {
  return distinctBuffers(
    planes.flatMap(({ reference, moving, tumour }) => [
      reference,
      moving,
      ...(tumour ? [tumour] : []),
    ]),
  );
}

function distinctBuffers(arrays: readonly Uint8Array[]): ArrayBuffer[] {
  const buffers = arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
  return [...new Set(buffers)];
}

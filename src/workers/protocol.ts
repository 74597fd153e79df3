/**
 * What the page and the chain's worker say to each other.
 *
 *   page -> worker   start or open, once; headers, for each unauthorised
 *   worker -> page   report*, unauthorised* and at most one registered, then exactly one of result,
 *                    opened, refused, crashed
 *
 * Cancel is not a message: the page terminates the worker, which stops whatever it is doing,
 * WebAssembly included.
 */
import type {
  AnalysisRequest,
  AnalysisResult,
  ImageSource,
  RegistrationCheck,
} from '../chain/analysis';
import type { InputErrorCode } from '../chain/errors';
import type { StageReport } from '../chain/stage';
import type { ReportAddress, StoredResult } from '../chain/storedResult';

export interface StartMessage {
  readonly type: 'start';
  readonly request: AnalysisRequest;
  /** Absolute address of the folder the plugin is served from; `itk/` lies in it. */
  readonly assetsBaseUrl: string;
}

/** Reads a stored result instead of computing one. */
export interface OpenMessage {
  readonly type: 'open';
  readonly source: Extract<ImageSource, { readonly kind: 'dicomweb' }>;
  readonly report: ReportAddress;
}

/** null: there are no others, the refusal stands. */
export interface HeadersMessage {
  readonly type: 'headers';
  readonly headers: Headers | null;
}

export type PageMessage = StartMessage | OpenMessage | HeadersMessage;

type Headers = Readonly<Record<string, string>>;

export type ChainMessage =
  | { readonly type: 'report'; readonly report: StageReport }
  /** Both series side by side, as soon as they are registered. */
  | { readonly type: 'registered'; readonly check: RegistrationCheck }
  | { readonly type: 'result'; readonly result: AnalysisResult }
  | { readonly type: 'opened'; readonly stored: StoredResult }
  /** The archive answered 401 to these headers. */
  | { readonly type: 'unauthorised'; readonly refused: Headers }
  /** The input was refused: a sentence for the user. */
  | { readonly type: 'refused'; readonly code: InputErrorCode; readonly message: string }
  /** A programming error: a message for the log. */
  | { readonly type: 'crashed'; readonly message: string };

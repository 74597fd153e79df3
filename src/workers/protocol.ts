/**
 * What the page and the chain's worker say to each other.
 *
 *   page -> worker   start, once
 *   worker -> page   report* and at most one registered, then exactly one of result, refused, crashed
 *
 * Cancel is not a message: the page terminates the worker, which stops whatever it is doing,
 * WebAssembly included.
 */
import type { AnalysisRequest, AnalysisResult, RegistrationCheck } from '../chain/analysis';
import type { InputErrorCode } from '../chain/errors';
import type { StageReport } from '../chain/stage';

export interface StartMessage {
  readonly type: 'start';
  readonly request: AnalysisRequest;
  /** Absolute address of the folder the plugin is served from; `itk/` lies in it. */
  readonly assetsBaseUrl: string;
}

export type ChainMessage =
  | { readonly type: 'report'; readonly report: StageReport }
  /** Both series side by side, as soon as they are registered. */
  | { readonly type: 'registered'; readonly check: RegistrationCheck }
  | { readonly type: 'result'; readonly result: AnalysisResult }
  /** The input was refused: a sentence for the user. */
  | { readonly type: 'refused'; readonly code: InputErrorCode; readonly message: string }
  /** A programming error: a message for the log. */
  | { readonly type: 'crashed'; readonly message: string };

/**
 * What an extraction and its feature workers say to each other.
 *
 *   owner -> worker   prepare, once; then task, any number of times, one at a time
 *   worker -> owner   for each task: image*, then exactly one of done, refused, crashed
 *
 * Cancel is not a message: the owner terminates the worker.
 */
import type { InputErrorCode } from '../chain/errors';
import type { Preprocessed } from '../radiomics/preprocess';
import type { FeatureTask, FeatureValues } from '../radiomics/tasks';

export type FeaturesOrder =
  | { readonly type: 'prepare'; readonly prepared: Preprocessed }
  | { readonly type: 'task'; readonly task: FeatureTask };

export type FeaturesAnswer =
  | { readonly type: 'image'; readonly image: string; readonly values: FeatureValues }
  | { readonly type: 'done' }
  | { readonly type: 'refused'; readonly code: InputErrorCode; readonly message: string }
  | { readonly type: 'crashed'; readonly message: string };

/**
 * What a chain and its worker with elastix say to each other. The owner ends the worker after the
 * answer, which gives back the memory of WebAssembly.
 *
 *   owner -> worker   one order
 *   worker -> owner   begun, then exactly one of found, notFound, crashed
 */
import type { RigidSettings } from '../register/engine';
import type { Mat4 } from '../volume/geometry';
import type { Volume } from '../volume/volume';

export interface RigidOrder {
  readonly fixed: Volume<'native', Float32Array>;
  readonly moving: Volume<'native', Float32Array>;
  readonly settings: RigidSettings;
  /** Where the browser finds elastix; Node has it installed. */
  readonly pipelinesBaseUrl: string;
}

export type RigidAnswer =
  /** The owner's thread was needed to start the worker; from now on it is not. */
  | { readonly type: 'begun' }
  | { readonly type: 'found'; readonly matrix: Mat4 }
  /** The images are no match. */
  | { readonly type: 'notFound'; readonly message: string }
  | { readonly type: 'crashed'; readonly message: string };

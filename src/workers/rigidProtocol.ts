/**
 * What a chain and its worker with elastix say to each other: one order, exactly one answer. The
 * owner ends the worker after it, which gives back the memory of WebAssembly.
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
  | { readonly type: 'found'; readonly matrix: Mat4 }
  /** The images are no match. */
  | { readonly type: 'notFound'; readonly message: string }
  | { readonly type: 'crashed'; readonly message: string };

import type { Mat4 } from '../volume/geometry';
import type { Samples, Volume } from '../volume/volume';

/** How the rigid optimisation runs; the names of the model file. */
export interface RigidSettings {
  readonly histogramBins: number;
  /** Levels of the smoothing pyramid. */
  readonly resolutions: number;
  /** Of each level. */
  readonly iterations: number;
  /** Random sample points of each iteration. */
  readonly samples: number;
}

/**
 * Finds the rigid motion between two images. Implementations: `elastixNode`, `elastixBrowser`.
 * Both images are non-constant and their grids overlap in world coordinates; the result maps fixed
 * LPS mm to moving LPS mm. Rejects with `SearchFailed` when the search finds nothing, with another
 * error when the engine itself could not be loaded.
 */
export interface RigidEngine {
  /** For the provenance, for example `elastix 5 (itk-wasm 1.0.1)`. */
  readonly name: string;
  /** @param onAway called when the search goes on in another thread, so that this one has time. */
  register(
    fixed: Volume<'native', Samples>,
    moving: Volume<'native', Samples>,
    settings: RigidSettings,
    onAway?: () => void,
  ): Promise<Mat4>;
}

/** The images are no match, as far as the engine can tell. */
export class SearchFailed extends Error {
  override readonly name = 'SearchFailed';
}

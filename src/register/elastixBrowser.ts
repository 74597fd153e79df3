import { elastix, setPipelinesBaseUrl } from '@itk-wasm/elastix';
import type { RigidEngine } from './engine';
import {
  ENGINE_NAME,
  matrixFromTransform,
  rigidParameterMap,
  searchError,
  toItkImage,
} from './elastixParameters';

/**
 * elastix in a browser's worker. `webWorker: false` runs it on the calling thread, which is the
 * chain's own worker: terminating that worker stops elastix too, and no second worker is needed.
 *
 * `pipelinesBaseUrl`: the absolute address of the folder with `elastix.js` and `elastix.wasm.zst`,
 * which are shipped with the plugin; without it itk-wasm would ask a CDN.
 */
export function elastixBrowserEngine(pipelinesBaseUrl: string): RigidEngine {
  return {
    name: ENGINE_NAME,
    async register(fixed, moving, settings) {
      setPipelinesBaseUrl(pipelinesBaseUrl.replace(/\/$/, ''));
      const { transformParameterObject } = await elastix([rigidParameterMap(settings)], {
        fixed: toItkImage(fixed, 'fixed'),
        moving: toItkImage(moving, 'moving'),
        webWorker: false,
      }).catch((error: unknown) => {
        throw searchError(error);
      });
      return matrixFromTransform(transformParameterObject);
    },
  };
}

import { elastixNode } from '@itk-wasm/elastix';
import type { RigidEngine } from './engine';
import {
  ENGINE_NAME,
  matrixFromTransform,
  rigidParameterMap,
  searchError,
  toItkImage,
} from './elastixParameters';

/** elastix in Node. It runs on the calling thread and cannot be interrupted (about three seconds). */
export const elastixNodeEngine: RigidEngine = {
  name: ENGINE_NAME,
  async register(fixed, moving, settings) {
    const { transformParameterObject } = await elastixNode([rigidParameterMap(settings)], {
      fixed: toItkImage(fixed, 'fixed'),
      moving: toItkImage(moving, 'moving'),
    }).catch((error: unknown) => {
      throw searchError(error);
    });
    return matrixFromTransform(transformParameterObject);
  },
};

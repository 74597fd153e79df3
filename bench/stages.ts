import { SILENT_RUN } from '../src/chain/stage';
import { computeFeatures } from '../src/features/computeFeatures';
import { FEATURE_CLASSES } from '../src/features/names';
import { findRegion } from '../src/features/regionImage';
import { filteredImages } from '../src/imageTypes/all';
import type { ParameterSet } from '../src/radiomics/parameterSet';
import { planOf } from '../src/radiomics/plan';
import { preprocess } from '../src/radiomics/preprocess';
import type { Case } from './synthetic';

/** CPU time of the process in milliseconds, all threads. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Milliseconds of CPU by stage: preprocessing, each filter, each feature class. Classes are taken
 * one by one, so each discretises again; together they are faster.
 */
export function stageTimes({ image, mask }: Case, set: ParameterSet): Map<string, number> {
  const times = new Map<string, number>();
  const timed = <T>(stage: string, work: () => T): T => {
    const start = cpuMs();
    const result = work();
    times.set(stage, (times.get(stage) ?? 0) + cpuMs() - start);
    return result;
  };
  const plan = planOf(set);
  const prepared = timed('preprocess', () => preprocess(image, mask, set.settings, SILENT_RUN));
  const { size, spacingMm } = prepared.image.grid;
  const inside = prepared.mask.data;
  const voxels = timed('find the region', () => findRegion(size, inside));
  for (const { type, settings, features } of plan.images) {
    const wanted = new Set(features.keys());
    const images = filteredImages(type, prepared.image, prepared.mask, settings, wanted);
    for (;;) {
      const next = timed(`filter ${type}`, () => images.next());
      if (next.done) break;
      const { name, data } = next.value;
      const region = { size, spacingMm, image: data, mask: inside, region: voxels };
      for (const featureClass of FEATURE_CLASSES) {
        const keys = features.get(name)?.filter((key) => key.startsWith(`${featureClass}_`)) ?? [];
        if (keys.length > 0) timed(featureClass, () => computeFeatures(region, keys, settings));
      }
    }
  }
  const shape = { size, spacingMm, image: prepared.image.data, mask: prepared.shapeMask.data };
  timed('shape', () => computeFeatures(shape, plan.shape, set.settings));
  return times;
}

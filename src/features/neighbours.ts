/**
 * Neighbour offsets as PyRadiomics generates them (`build_angles` in cmatrices.c): all offsets whose
 * largest component is one of the distances, from the greatest to the least in z, y, x order; the
 * first half of that list holds one offset of each opposite pair.
 */
import { InputError } from '../chain/errors';
import type { Vec3 } from '../volume/volume';
import type { FeatureSettings, WeightingNorm } from './settings';

/** Steps along x, y, z. */
export type Offset = Vec3;

type NeighbourSettings = Pick<FeatureSettings, 'force2D' | 'force2Ddimension'>;

/**
 * One offset of each opposite pair, all with rising raster index.
 * Offsets that do not fit into the bounding box of the region are left out.
 * @param extent bounding box of the region in voxels, x, y, z
 * @throws InputError FEATURE_NOT_EVALUABLE when no offset fits
 */
export function forwardOffsets(
  extent: Vec3,
  distances: readonly number[],
  settings: NeighbourSettings,
): Offset[] {
  const reach = Math.max(...distances);
  const limit = extent.map((voxels, axis) =>
    settings.force2D && axis === 2 - settings.force2Ddimension ? 0 : Math.min(reach, voxels - 1),
  );
  const offsets: Offset[] = [];
  for (let dz = limit[2]; dz >= 0; dz--) {
    for (let dy = limit[1]; dy >= -limit[1]; dy--) {
      for (let dx = limit[0]; dx >= -limit[0]; dx--) {
        const forward = dz > 0 || dy > 0 || (dy === 0 && dx > 0);
        const distance = Math.max(dz, Math.abs(dy), Math.abs(dx));
        if (forward && distances.includes(distance)) offsets.push([dx, dy, dz]);
      }
    }
  }
  if (offsets.length === 0) {
    throw new InputError(
      'FEATURE_NOT_EVALUABLE',
      `The region, ${extent.join(' x ')} voxels, has no neighbours at distance ${distances.join(', ')}: use a larger region or another distance.`,
    );
  }
  return offsets;
}

/** Whether these are the 13 forward neighbours at distance 1, for which the fast kernels are written. */
export function isFullNeighbourhood(offsets: readonly Offset[]): boolean {
  return offsets.length === 13 && offsets.every((o) => o.every((step) => Math.abs(step) <= 1));
}

/** Length of an offset in mm by PyRadiomics' norm names. */
export function offsetLengthMm(offset: Offset, spacingMm: Vec3, norm: WeightingNorm): number {
  // PyRadiomics sums in array order, z first.
  const steps = [2, 1, 0].map((axis) => Math.abs(offset[axis]) * spacingMm[axis]);
  switch (norm) {
    case 'infinity':
      return Math.max(...steps);
    case 'euclidean':
      return Math.sqrt(steps.reduce((sum, step) => sum + step * step, 0));
    case 'manhattan':
      return steps.reduce((sum, step) => sum + step, 0);
    case 'no_weighting':
      return 1;
  }
}

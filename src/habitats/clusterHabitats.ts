/**
 * Habitats of a new patient: each tumour voxel takes the nearest of the model's centroids in
 * z-scored (CE-T1, FS-T2); the lower habitat number on a tie. Nothing is fitted on the patient.
 */
import type { Model } from '../model/schema';
import type { StandardisedVolume } from '../standardise/standardiseIntensity';
import { sameGrid } from '../volume/geometry';
import type { LabelMap, Mask } from '../volume/volume';

export interface HabitatMap {
  /** 1, 2, 3 inside the tumour; 0 elsewhere. */
  readonly labels: LabelMap;
  /** Voxels of habitats 1, 2, 3. */
  readonly counts: readonly [number, number, number];
  /** Of all labelled voxels. */
  readonly fractions: readonly [number, number, number];
  /** Large enough for features. */
  readonly evaluable: readonly [boolean, boolean, boolean];
}

type HabitatModel = Pick<
  Model['habitats'],
  'channelMean' | 'channelSd' | 'centroids' | 'minimumVoxels'
>;

/** All three on one grid. */
export function clusterHabitats(
  ceT1: StandardisedVolume,
  fsT2: StandardisedVolume,
  tumour: Mask,
  model: HabitatModel,
): HabitatMap {
  if (!sameGrid(ceT1.grid, fsT2.grid) || !sameGrid(ceT1.grid, tumour.grid)) {
    throw new Error('Habitats need both sequences and the tumour on one grid.');
  }
  const labels = new Uint8Array(tumour.data.length);
  const counts: [number, number, number] = [0, 0, 0];
  tumour.data.forEach((inside, i) => {
    if (inside === 0) return;
    const nearest = nearestCentroid(
      (ceT1.data[i] - model.channelMean[0]) / model.channelSd[0],
      (fsT2.data[i] - model.channelMean[1]) / model.channelSd[1],
      model.centroids,
    );
    labels[i] = nearest + 1;
    counts[nearest]++;
  });
  const total = Math.max(1, counts[0] + counts[1] + counts[2]);
  const enough = (count: number): boolean => count > 0 && count >= model.minimumVoxels;
  return {
    labels: { grid: tumour.grid, data: labels },
    counts,
    fractions: [counts[0] / total, counts[1] / total, counts[2] / total],
    evaluable: [enough(counts[0]), enough(counts[1]), enough(counts[2])],
  };
}

function nearestCentroid(z1: number, z2: number, centroids: HabitatModel['centroids']): number {
  let [nearest, least] = [0, Infinity];
  centroids.forEach(([c1, c2], habitat) => {
    const distance = (z1 - c1) ** 2 + (z2 - c2) ** 2;
    if (distance < least) [nearest, least] = [habitat, distance];
  });
  return nearest;
}

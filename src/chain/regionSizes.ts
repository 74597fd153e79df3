import type { HabitatMap } from '../habitats/clusterHabitats';
import type { Model, RegionId } from '../model/schema';
import { RING } from '../regions/regionsOnSeries';
import { voxelVolumeMm3 } from '../volume/volume';
import type { LabelMap } from '../volume/volume';
import type { AnalysisResult, HabitatSize, RegionSize } from './analysis';

/** Sizes as stored in the SEG: of `labels`, on the grid of the reference series. */
export function regionSizes(
  labels: LabelMap,
  habitats: HabitatMap,
  { habitats: { names } }: Pick<Model, 'habitats'>,
  clippedFraction: number,
): Pick<AnalysisResult, 'tumour' | 'habitats' | 'ring'> {
  const counts = new Array<number>(RING + 1).fill(0);
  for (const label of labels.data) counts[label]++;
  const size = (region: RegionId, voxels: number): RegionSize => ({
    region,
    voxels,
    volumeMm3: voxels * voxelVolumeMm3(labels.grid),
  });
  const tumour = size('tumour', counts[1] + counts[2] + counts[3] + counts[4]);
  const habitat = (region: RegionId, i: 0 | 1 | 2): HabitatSize => ({
    ...size(region, counts[i + 1]),
    name: names[i],
    fraction: counts[i + 1] / tumour.voxels,
    evaluable: habitats.evaluable[i],
  });
  return {
    tumour,
    habitats: [habitat('habitat1', 0), habitat('habitat2', 1), habitat('habitat3', 2)],
    ring: { ...size('peritumour', counts[RING]), clippedFraction },
  };
}

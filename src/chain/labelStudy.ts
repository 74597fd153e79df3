import type { HabitatMap } from '../habitats/clusterHabitats';
import { combineLabels, labelsOnMoving, labelsOnReference } from '../regions/regionsOnSeries';
import type { LabelMap } from '../volume/volume';
import { forBoth } from './bothSequences';
import type { BothSequences } from './bothSequences';
import type { StudyRegions } from './stages/regions';
import type { Study } from './stages/read';
import type { Alignment } from './stages/register';
import type { ResampledStudy } from './stages/resample';

/** Habitats, unlabelled tumour and ring on the grid of each series; codes of `combineLabels`. */
export function labelStudy(
  { series }: Study,
  { reference, toSeries, tumour }: Alignment,
  { uncovered }: ResampledStudy,
  { ring, ringGround }: Pick<StudyRegions, 'ring' | 'ringGround'>,
  habitats: HabitatMap,
): BothSequences<LabelMap> {
  const found = combineLabels(habitats.labels, uncovered, ring);
  return forBoth((sequence) =>
    sequence === reference
      ? labelsOnReference(found, tumour, ringGround)
      : labelsOnMoving(found, series[sequence].volume.grid, toSeries[sequence]),
  );
}

import type { SequenceId } from '../model/schema';
import { expandMask } from '../regions/expandMask';
import { invertAffine } from '../volume/geometry';
import { resampleLabels } from '../volume/resampleLabels';
import type { Grid, Mask } from '../volume/volume';
import type { Run } from './stage';
import type { Alignment } from './stages/register';

/** What is left out where body and air are told apart. */
export const SURROUNDINGS_MM = 10;

/** The tumour and what lies within the margin of it, on the grid of a series. */
export function tumourSurroundings(
  { tumour, reference, toSeries }: Alignment,
  sequence: SequenceId,
  grid: Grid,
  marginMm: number,
  run: Run,
): Mask {
  const onSeries =
    sequence === reference
      ? tumour
      : resampleLabels(tumour, grid, run, invertAffine(toSeries[sequence]));
  return expandMask(onSeries, marginMm);
}

import type { Vec3, Grid, Mask } from '../volume/volume';
import { applyToPoint, indexToWorld } from '../volume/geometry';
import { boundingBox } from '../regions/boundingBox';

/**
 * The grid on which regions, habitats and features are taken: the axes of the reference series,
 * the model's spacing, cut to the tumour with a margin. It may reach beyond the images.
 *
 * Its voxels are those of the whole image resampled as PyRadiomics does it (the outer corner of the
 * first voxel stays where it is), so the crop changes no value.
 *
 * `tumour`: on the grid of the reference series, not empty.
 */
export function analysisGrid(tumour: Mask, spacingMm: Vec3, marginMm: number): Grid {
  const { grid } = tumour;
  const box = boundingBox(tumour.data, grid.size);
  if (box === null) throw new Error('The analysis grid needs a tumour.');
  const ratio = ([0, 1, 2] as const).map((axis) => spacingMm[axis] / grid.spacingMm[axis]);
  // Position of analysis voxel 0 in voxels of the reference grid.
  const first = ratio.map((r) => 0.5 * (r - 1));
  const margin = spacingMm.map((spacing) => Math.ceil(marginMm / spacing));
  const start = ([0, 1, 2] as const).map(
    (axis) => Math.floor((box.start[axis] - 0.5 - first[axis]) / ratio[axis]) - margin[axis],
  );
  const end = ([0, 1, 2] as const).map(
    (axis) => Math.ceil((box.end[axis] - 0.5 - first[axis]) / ratio[axis]) + 1 + margin[axis],
  );
  return {
    size: [end[0] - start[0], end[1] - start[1], end[2] - start[2]],
    spacingMm,
    originMm: applyToPoint(indexToWorld(grid), [
      first[0] + start[0] * ratio[0],
      first[1] + start[1] * ratio[1],
      first[2] + start[2] * ratio[2],
    ]),
    direction: grid.direction,
  };
}

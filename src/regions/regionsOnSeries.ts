/**
 * Habitats and ring were found on the analysis grid; the SEG and the overlays need them on the
 * grids of the series. On the reference series the tumour is exactly the tumour that was drawn: each
 * of its voxels takes the habitat of the nearest labelled analysis voxel, so that the habitats
 * partition it, and the ring is what surrounds it.
 */
import { SILENT_RUN } from '../chain/stage';
import { indexToWorld, invertAffine, multiply, worldToIndex } from '../volume/geometry';
import type { Mat4 } from '../volume/geometry';
import { resampleLabels } from '../volume/resampleLabels';
import type { Grid, LabelMap, Mask, Vec3 } from '../volume/volume';
import { distanceTo } from './distanceTransform';

/** Codes of `AnalysisLabels` and of the overlays: 1 to 3 are the habitats. */
export const UNLABELLED_TUMOUR = 4;
export const RING = 5;

/** Habitats (1-3), tumour voxels without one (4) and ring (5) as one map; they do not overlap. */
export function combineLabels(habitats: LabelMap, tumour: Mask, ring: Mask): LabelMap {
  const data = habitats.data.map((label, i) => {
    if (label !== 0) return label;
    if (tumour.data[i] !== 0) return UNLABELLED_TUMOUR;
    return ring.data[i] !== 0 ? RING : 0;
  });
  return { grid: habitats.grid, data };
}

/**
 * `labels`: of `combineLabels`; `tumour` and `body` on the grid of the reference series.
 * The result has the same codes on that grid: 1-4 exactly on the tumour, 5 outside it in the body.
 */
export function labelsOnReference(labels: LabelMap, tumour: Mask, body: Mask): LabelMap {
  const isTumour = labels.data.map((label) => (label >= 1 && label <= UNLABELLED_TUMOUR ? 1 : 0));
  const { nearest } = distanceTo(isTumour, labels.grid.size, labels.grid.spacingMm);
  const toIndex = multiply(worldToIndex(labels.grid), indexToWorld(tumour.grid));
  const data = new Uint8Array(tumour.data.length);
  forEachNearest(tumour.grid.size, toIndex, labels.grid.size, (i, j) => {
    if (tumour.data[i] !== 0)
      data[i] = nearest[j] < 0 ? UNLABELLED_TUMOUR : labels.data[nearest[j]];
    else if (labels.data[j] === RING || (isTumour[j] !== 0 && body.data[i] !== 0)) data[i] = RING;
  });
  return { grid: tumour.grid, data };
}

/** Every voxel of one grid that lies in another, with the nearest voxel there. */
function forEachNearest(
  size: Vec3,
  m: Mat4,
  [nx, ny, nz]: Vec3,
  visit: (index: number, nearest: number) => void,
): void {
  for (let z = 0, i = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      for (let x = 0; x < size[0]; x++, i++) {
        const w = Math.round(m[8] * x + m[9] * y + m[10] * z + m[11]);
        if (w < 0 || w >= nz) continue;
        const v = Math.round(m[4] * x + m[5] * y + m[6] * z + m[7]);
        if (v < 0 || v >= ny) continue;
        const u = Math.round(m[0] * x + m[1] * y + m[2] * z + m[3]);
        if (u >= 0 && u < nx) visit(i, u + nx * (v + ny * w));
      }
    }
  }
}

/** The labels on the other series, by nearest voxel. `toSeries`: reference LPS mm -> its LPS mm. */
export function labelsOnMoving(labels: LabelMap, grid: Grid, toSeries: Mat4): LabelMap {
  return resampleLabels(labels, grid, SILENT_RUN, invertAffine(toSeries));
}

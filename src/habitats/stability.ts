/**
 * How much of a habitat map hangs on the contour and on the noise: the parts of a perturbation
 * analysis that need no images. Reference: Zwanenburg et al., Sci Rep 2019;9:614 (perturbation of
 * contour and noise instead of a second scan).
 */
import { distanceTo } from '../regions/distanceTransform';
import { expandMask } from '../regions/expandMask';
import type { LabelMap, Mask } from '../volume/volume';

export interface ContourVariant {
  readonly name: string;
  readonly tumour: Mask;
}

/**
 * The contour as another reader may draw it: 1 mm smaller, 1 mm larger, and 1 mm aside along both
 * axes of the plane in both directions (a voxel where voxels are larger).
 * `within`: where tumour may be (covered by both series); same grid.
 */
export function contourVariants(tumour: Mask, within: Mask): ContourVariant[] {
  const step = Math.max(1, tumour.grid.spacingMm[0], tumour.grid.spacingMm[1]);
  const mm = `${Number(step.toPrecision(3))} mm`;
  const voxels = ([0, 1] as const).map((axis) => Math.round(step / tumour.grid.spacingMm[axis]));
  return [
    { name: `contour ${mm} smaller`, tumour: shrunk(tumour, step) },
    { name: `contour ${mm} larger`, tumour: expandMask(tumour, step) },
    { name: `contour ${mm} to +x`, tumour: shifted(tumour, voxels[0], 0) },
    { name: `contour ${mm} to -x`, tumour: shifted(tumour, -voxels[0], 0) },
    { name: `contour ${mm} to +y`, tumour: shifted(tumour, 0, voxels[1]) },
    { name: `contour ${mm} to -y`, tumour: shifted(tumour, 0, -voxels[1]) },
  ].map(({ name, tumour: { grid, data } }) => ({
    name,
    tumour: { grid, data: data.map((inside, i) => inside & within.data[i]) },
  }));
}

/** Of habitats 1, 2, 3; null where neither map has the habitat. */
export function habitatDice(
  a: LabelMap,
  b: LabelMap,
): [number | null, number | null, number | null] {
  const sizes = [0, 0, 0, 0];
  const both = [0, 0, 0, 0];
  a.data.forEach((label, i) => {
    sizes[label]++;
    sizes[b.data[i]]++;
    if (label === b.data[i]) both[label]++;
  });
  const dice = (label: number): number | null =>
    sizes[label] === 0 ? null : (2 * both[label]) / sizes[label];
  return [dice(1), dice(2), dice(3)];
}

function shrunk({ grid, data }: Mask, byMm: number): Mask {
  const outside = data.map((inside) => 1 - inside);
  const { squaredMm2 } = distanceTo(outside, grid.size, grid.spacingMm);
  const limit = byMm * byMm * (1 + 1e-9);
  return { grid, data: data.map((inside, i) => (squaredMm2[i] > limit ? inside : 0)) };
}

function shifted({ grid, data }: Mask, dx: number, dy: number): Mask {
  const [nx, ny] = grid.size;
  const moved = new Uint8Array(data.length);
  data.forEach((inside, i) => {
    if (inside === 0) return;
    const [x, y] = [(i % nx) + dx, (Math.floor(i / nx) % ny) + dy];
    if (x >= 0 && x < nx && y >= 0 && y < ny) moved[i + dx + nx * dy] = 1;
  });
  return { grid, data: moved };
}

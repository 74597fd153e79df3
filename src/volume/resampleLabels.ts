/** Masks and label maps on another grid; see `resample.ts` for the rules, which are ITK's. */
import type { Run } from '../chain/stage';
import { findBoundingBox } from './boundingBox';
import type { BoundingBox } from './boundingBox';
import { applyLinear, invert3, type Mat4 } from './geometry';
import { indexMap, mapIndex, scanLine, type IndexMap } from './indexMap';
import { nearestVoxel } from './samplers';
import { voxelCount } from './volume';
import type { Grid, LabelMap, Vec3 } from './volume';

/**
 * The label of the nearest voxel, 0 outside. Only that part of the target is looked at which the
 * labels can reach: a tumour is a small part of its series.
 * @param transform target LPS mm -> the labels' LPS mm
 */
export function resampleLabels(
  labels: LabelMap,
  target: Grid,
  run: Run,
  transform?: Mat4,
): LabelMap {
  const data = new Uint8Array(voxelCount(target));
  const box = findBoundingBox(labels);
  const map = indexMap(target, labels.grid, transform);
  const reach = box && reachOf(map, box, target.size);
  if (reach) copyLabels(labels, map, target.size, reach, data, run);
  run.report(1);
  return { grid: target, data };
}

function copyLabels(
  labels: LabelMap,
  map: IndexMap,
  [nx, ny]: Vec3,
  { first, last }: BoundingBox,
  to: Uint8Array,
  run: Run,
): void {
  const [sx, sy, sz] = labels.grid.size;
  const [mx, my, mz] = labels.grid.size.map((n) => n - 0.5);
  for (let z = first[2]; z <= last[2]; z++) {
    run.signal.throwIfAborted();
    for (let y = first[1]; y <= last[1]; y++) {
      const { start, step } = scanLine(map, nx, y, z);
      const row = nx * (y + ny * z);
      for (let x = first[0]; x <= last[0]; x++) {
        const t = x / nx;
        const i = start[0] + t * step[0];
        const j = start[1] + t * step[1];
        const k = start[2] + t * step[2];
        if (!(i >= -0.5 && i < mx && j >= -0.5 && j < my && k >= -0.5 && k < mz)) continue;
        const line = sx * (nearestVoxel(j, sy) + sy * nearestVoxel(k, sz));
        to[row + x] = labels.data[nearestVoxel(i, sx) + line];
      }
    }
    run.report((z - first[2] + 1) / (last[2] - first[2] + 1));
  }
}

/** Voxels of the target that may lie nearest to a voxel of the box, undefined when there are none. */
function reachOf(map: IndexMap, box: BoundingBox, size: Vec3): BoundingBox | undefined {
  const origin = mapIndex(map, 0, 0, 0);
  const [a, b, c] = [mapIndex(map, 1, 0, 0), mapIndex(map, 0, 1, 0), mapIndex(map, 0, 0, 1)].map(
    (p) => p.map((value, axis) => value - origin[axis]),
  );
  const inverse = invert3([a[0], b[0], c[0], a[1], b[1], c[1], a[2], b[2], c[2]]);
  const corners = Array.from({ length: 8 }, (_, corner) => {
    const [x, y, z] = [0, 1, 2].map((axis) =>
      ((corner >> axis) & 1) === 0
        ? box.first[axis] - 0.5 - origin[axis]
        : box.last[axis] + 0.5 - origin[axis],
    );
    return applyLinear(inverse, [x, y, z]);
  });
  // One voxel more on every side, for the rounding of the inverse.
  const first = [0, 1, 2].map((axis) =>
    Math.max(0, Math.floor(Math.min(...corners.map((p) => p[axis]))) - 1),
  );
  const last = [0, 1, 2].map((axis) =>
    Math.min(size[axis] - 1, Math.ceil(Math.max(...corners.map((p) => p[axis]))) + 1),
  );
  if (last.some((n, axis) => n < first[axis])) return undefined;
  return { first: [first[0], first[1], first[2]], last: [last[0], last[1], last[2]] };
}

/**
 * From a voxel of the target to a (continuous) voxel of the source, with the order of operations
 * of ITK's ImageBase and ResampleImageFilter, so that ties at voxel borders fall the same way.
 */
import { indexToWorld, type Mat4 } from './geometry';
import { invertBySingularValues } from './singularValues';
import type { Grid, Mat3, Vec3 } from './volume';

export interface IndexMap {
  readonly toWorld: Mat4;
  readonly transform: Mat4 | undefined;
  readonly sourceOrigin: Vec3;
  readonly toIndex: Mat3;
}

export function indexMap(target: Grid, source: Grid, transform?: Mat4): IndexMap {
  const m = indexToWorld(source);
  return {
    toWorld: indexToWorld(target),
    transform,
    sourceOrigin: source.originMm,
    toIndex: invertBySingularValues([m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]]),
  };
}

export function mapIndex(map: IndexMap, x: number, y: number, z: number): Vec3 {
  const w = map.toWorld;
  let px = w[3] + w[0] * x + w[1] * y + w[2] * z;
  let py = w[7] + w[4] * x + w[5] * y + w[6] * z;
  let pz = w[11] + w[8] * x + w[9] * y + w[10] * z;
  const t = map.transform;
  if (t) {
    const [qx, qy, qz] = [px, py, pz];
    px = t[0] * qx + t[1] * qy + t[2] * qz + t[3];
    py = t[4] * qx + t[5] * qy + t[6] * qz + t[7];
    pz = t[8] * qx + t[9] * qy + t[10] * qz + t[11];
  }
  const [ox, oy, oz] = map.sourceOrigin;
  const i = map.toIndex;
  const [cx, cy, cz] = [px - ox, py - oy, pz - oz];
  return [
    i[0] * cx + i[1] * cy + i[2] * cz,
    i[3] * cx + i[4] * cy + i[5] * cz,
    i[6] * cx + i[7] * cy + i[8] * cz,
  ];
}

/** Positions along one scan line: start + step * (i / n), the way ITK walks a line. */
export interface ScanLine {
  readonly start: Vec3;
  readonly step: Vec3;
}

export function scanLine(map: IndexMap, nx: number, y: number, z: number): ScanLine {
  const start = mapIndex(map, 0, y, z);
  const end = mapIndex(map, nx, y, z);
  return { start, step: [end[0] - start[0], end[1] - start[1], end[2] - start[2]] };
}

/** Whether each source axis depends on the same target axis alone. */
export function isAligned(map: IndexMap): boolean {
  const diagonal = (m: readonly number[], columns: number): boolean =>
    [0, 1, 2].every((r) => [0, 1, 2].every((c) => r === c || m[columns * r + c] === 0));
  return (
    diagonal(map.toWorld, 4) &&
    diagonal(map.toIndex, 3) &&
    (map.transform === undefined || diagonal(map.transform, 4))
  );
}

/** Source positions of the target's columns, rows and slices. Only for an aligned map. */
export function alignedPositions(map: IndexMap, size: Vec3): Float64Array[] {
  const { start, step } = scanLine(map, size[0], 0, 0);
  return [
    Float64Array.from({ length: size[0] }, (_, x) => start[0] + (x / size[0]) * step[0]),
    Float64Array.from({ length: size[1] }, (_, y) => mapIndex(map, 0, y, 0)[1]),
    Float64Array.from({ length: size[2] }, (_, z) => mapIndex(map, 0, 0, z)[2]),
  ];
}

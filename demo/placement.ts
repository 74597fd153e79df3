import { applyLinear, applyToPoint, indexToWorld } from '../src/volume/geometry';
import type { Mat4 } from '../src/volume/geometry';
import type { Grid, Mat3, Vec3 } from '../src/volume/volume';
import { stream } from './random';
import type { Box } from './render';
import type { GridSettings, RigidMotion } from './settings';

/** Where the limb lies on the table, how it moves, and where the series are planned. LPS mm. */

/** Feet of the axes: limb coordinates (0, 0, 0) in the world of FS-T2WI. */
export function limbCentre(side: 'left' | 'right'): Vec3 {
  return [side === 'left' ? 96 : -96, 14, -742];
}

/** World -> (u lateral, v anterior, w up). A left limb has its lateral side at +L. */
export function worldToLimb(side: 'left' | 'right'): Mat4 {
  const [x, y, z] = limbCentre(side);
  const lateral = side === 'left' ? 1 : -1;
  return [lateral, 0, 0, -lateral * x, 0, -1, 0, y, 0, 0, 1, -z, 0, 0, 0, 1];
}

export function limbToWorldPoint(side: 'left' | 'right', [u, v, w]: Vec3): Vec3 {
  const [x, y, z] = limbCentre(side);
  return [x + (side === 'left' ? u : -u), y - v, z + w];
}

/** R = Ry Rx Rz, angles in degrees. */
export function rotation([x, y, z]: Vec3): Mat3 {
  const [a, b, c] = [x, y, z].map((degrees) => (degrees * Math.PI) / 180);
  const rx: Mat3 = [1, 0, 0, 0, Math.cos(a), -Math.sin(a), 0, Math.sin(a), Math.cos(a)];
  const ry: Mat3 = [Math.cos(b), 0, Math.sin(b), 0, 1, 0, -Math.sin(b), 0, Math.cos(b)];
  const rz: Mat3 = [Math.cos(c), -Math.sin(c), 0, Math.sin(c), Math.cos(c), 0, 0, 0, 1];
  return times(ry, times(rx, rz));
}

/** p -> R (p - centre) + centre + t. */
export function rigidAbout(centre: Vec3, motion: RigidMotion): Mat4 {
  const r = rotation(motion.rotationDeg);
  const turned = applyLinear(r, centre);
  const t = motion.translationMm.map((shift, a) => shift + centre[a] - turned[a]);
  return [r[0], r[1], r[2], t[0], r[3], r[4], r[5], t[1], r[6], r[7], r[8], t[2], 0, 0, 0, 1];
}

/** A few degrees and millimetres: a leg that was not strapped. */
export function drawMotion(seed: number): RigidMotion {
  const random = stream(seed, 'motion');
  const signed = (low: number, high: number) =>
    random.between(low, high) * (random.uniform() < 0.5 ? -1 : 1);
  return {
    rotationDeg: [signed(0.5, 2.2), signed(0.4, 1.8), signed(1, 3.2)],
    translationMm: [signed(1, 4), signed(1, 3.5), signed(0.8, 3)],
  };
}

export function planGrid(settings: GridSettings, centre: Vec3): Grid {
  const direction = rotation(settings.tiltDeg);
  const size: Vec3 = [settings.columns, settings.rows, settings.slices];
  const spacingMm: Vec3 = [settings.inPlaneMm, settings.inPlaneMm, settings.sliceSpacingMm];
  const toMiddle = applyLinear(direction, [
    ((size[0] - 1) / 2) * spacingMm[0],
    ((size[1] - 1) / 2) * spacingMm[1],
    ((size[2] - 1) / 2) * spacingMm[2],
  ]);
  const originMm: Vec3 = [
    centre[0] - toMiddle[0],
    centre[1] - toMiddle[1],
    centre[2] - toMiddle[2],
  ];
  return { size, spacingMm, originMm, direction };
}

/** The part of the limb that the grids see, in limb coordinates, with a margin. */
export function seenBox(
  views: readonly { readonly grid: Grid; readonly worldToLimb: Mat4 }[],
  radiusMm: number,
): Box {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const { grid, worldToLimb: toLimb } of views) {
    const toWorld = indexToWorld(grid);
    for (let corner = 0; corner < 8; corner++) {
      const index = grid.size.map((n, a) => ((corner >> a) & 1 ? n : -1)) as [
        number,
        number,
        number,
      ];
      const p = applyToPoint(toLimb, applyToPoint(toWorld, index));
      for (let a = 0; a < 3; a++) {
        low[a] = Math.min(low[a], p[a]);
        high[a] = Math.max(high[a], p[a]);
      }
    }
  }
  return {
    low: [Math.max(low[0], -radiusMm), Math.max(low[1], -radiusMm), low[2]],
    high: [Math.min(high[0], radiusMm), Math.min(high[1], radiusMm), high[2]],
  };
}

function times(a: Mat3, b: Mat3): Mat3 {
  const cell = (r: number, c: number) =>
    a[3 * r] * b[c] + a[3 * r + 1] * b[3 + c] + a[3 * r + 2] * b[6 + c];
  return [
    cell(0, 0),
    cell(0, 1),
    cell(0, 2),
    cell(1, 0),
    cell(1, 1),
    cell(1, 2),
    cell(2, 0),
    cell(2, 1),
    cell(2, 2),
  ];
}

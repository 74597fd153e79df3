import type { Vec3 } from '../src/volume/volume';
import { crossing, gradientNoise } from './noise';
import type { Build, Bulge } from './outline';
import { stream } from './random';
import { makeThigh } from './thigh';
import type { Level, ThighPoint } from './thigh';
import { blend, CONTRAST, coverage, TISSUE } from './tissues';
import { tumourSurface } from './tumourShape';
import type { TumourShape } from './tumourShape';
import { tumourTissue } from './tumourTissue';
import type { HabitatSettings, TumourTissue } from './tumourTissue';

const { abs, atan2, exp, hypot, max, min, sqrt } = Math;

export interface PeritumourSettings {
  /** Water in the tissue at the tumour's surface, 0 (none) to 1. */
  readonly oedema: number;
  /** Distance at which it has fallen to about a third, mm. */
  readonly extentMm: number;
  /** 0: it fades evenly; 1: streaky and patchy. */
  readonly texture: number;
  readonly textureMm: number;
}

export interface LimbSettings {
  readonly build: Build;
  /** Fat between the muscle bundles: 0.3 young and lean, 1 old. */
  readonly fatStreaks: number;
  readonly shape: TumourShape;
  readonly habitats: HabitatSettings;
  readonly peritumour: PeritumourSettings;
}

export interface LimbPoint extends ThighPoint {
  /** Distance below the tumour's surface in mm (approximate), negative outside. */
  inside: number;
}

/** The thigh with a tumour and the oedema around it, in limb coordinates (u lateral, v anterior, w up; mm). */
export interface Limb {
  readonly levelAt: (w: number) => Level;
  readonly sample: (out: LimbPoint, level: Level, u: number, v: number) => void;
  readonly insideTumour: (level: Level, u: number, v: number) => number;
}

const EDGE_MM = 1;
/** Muscles around the mass are pushed aside and thinned over this distance. */
const MASS_EFFECT_MM = 14;
/** Further out than this, bone and fascia do not change the distance. */
const MOULDED_MM = 12;
const BONE_MARGIN_MM = 1.2;

const HABITAT_LABELS = [TISSUE.habitat1, TISSUE.habitat2, TISSUE.habitat3] as const;

const OUTSIDE: LimbPoint = {
  t2: 0,
  ce: 0,
  fat: 0,
  label: TISSUE.air,
  permeable: 0,
  inside: -Infinity,
};

export function newLimbPoint(): LimbPoint {
  return { ...OUTSIDE };
}

export function makeLimb(seed: number, settings: LimbSettings): Limb {
  const { shape, peritumour } = settings;
  const thigh = makeThigh(seed, settings.build, settings.fatStreaks);
  const surface = tumourSurface(seed, shape);
  const spread = gradientNoise(stream(seed, 'oedema'));
  const [cu, cv, cw] = shape.centre;
  const bulge = bulgeOver(shape, settings.build.scale);
  const levelAt = (w: number) => thigh.levelAt(w, bulge);

  /** The mass moulds itself to the femur and stays under the fascia. */
  const insideTumour = (level: Level, u: number, v: number): number => {
    const free = surface.distance([u, v, level.w]);
    if (free > MOULDED_MM) return -free;
    const toFascia = level.outline.fasciaAt(atan2(v, u)) - sqrt(u * u + v * v) - 0.8;
    return min(-free, level.outline.fromFemur(u, v) - BONE_MARGIN_MM, toFascia);
  };

  const tissue: TumourTissue = tumourTissue(
    seed,
    shape,
    settings.habitats,
    pointsInside(shape, levelAt, insideTumour),
  );
  const own = { t2: 0, ce: 0 };

  /** Share of water: falls with the distance, reaches further along the limb and along some planes. */
  function oedemaAt(u: number, v: number, w: number, distance: number): number {
    const along = abs(w - cw) / (1 + sqrt((u - cu) ** 2 + (v - cv) ** 2 + (w - cw) ** 2));
    const reach =
      peritumour.extentMm * (1 + 0.9 * spread(u / 24, v / 24, w / 34)) * (1 + 0.25 * along);
    if (reach < 0.5) return 0;
    const fall = exp(-((distance / reach) ** 1.4));
    const size = peritumour.textureMm;
    const patch =
      spread(u / (2 * size) + 30, v / (2 * size), w / (4 * size)) +
      0.5 * spread(u / size, v / size + 60, w / (2 * size));
    const streak = crossing(spread(u / (2.6 * size), v / (1.3 * size) + 30, w / (6 * size)), 0.22);
    const texture = 1 + peritumour.texture * (0.9 * patch + 0.5 * streak - 0.3);
    return min(0.95, max(0, peritumour.oedema * fall * texture));
  }

  function sample(out: LimbPoint, level: Level, u: number, v: number): void {
    const w = level.w;
    if (u * u + v * v > level.outline.reach ** 2) {
      Object.assign(out, OUTSIDE);
      return;
    }
    const inside = insideTumour(level, u, v);
    out.inside = inside;
    const distance = max(0, -inside);
    const beside = max(0, surface.coreDistance([u, v, w]));
    const squeeze = 1 - 0.62 * exp(-beside / MASS_EFFECT_MM);
    thigh.sample(out, level, cu + (u - cu) * squeeze, cv + (v - cv) * squeeze, u, v);
    if (out.label === TISSUE.air) return;
    if (distance < 3.5 * peritumour.extentMm && out.permeable > 0) {
      const water = oedemaAt(u, v, w, distance) * out.permeable;
      blend(out, CONTRAST.oedema, water);
      if (water > 0.3 && out.permeable > 0.3) out.label = TISSUE.oedema;
    }
    if (inside < -2) return;
    const p: Vec3 = [u, v, w];
    // A pseudocapsule, in places.
    const capsule = 0.6 * coverage(spread(u / 15, v / 15 + 80, w / 18), 0.4);
    blend(out, CONTRAST.capsule, capsule * out.permeable * coverage(0.9 - abs(inside + 0.5), 1));
    const share = coverage(inside, EDGE_MM);
    if (share <= 0) return;
    tissue.signalAt(p, inside, own);
    blend(out, { t2: own.t2, ce: own.ce, fat: 0 }, share);
    if (share >= 0.5) out.label = HABITAT_LABELS[tissue.habitatAt(p, inside) - 1];
  }

  return { levelAt, sample, insideTumour };
}

function bulgeOver(shape: TumourShape, scale: number): Bulge {
  const [u, v, w] = shape.centre;
  const out = hypot(u, v) + 0.42 * shape.diameterMm - 66 * scale;
  return {
    angle: atan2(v, u),
    w,
    heightMm: 0.55 * min(20, max(0, out)),
    widthMm: 0.42 * shape.diameterMm,
  };
}

/** About 10 000 points for a round mass. */
function pointsInside(
  shape: TumourShape,
  levelAt: (w: number) => Level,
  insideTumour: Limb['insideTumour'],
): { p: Vec3; inside: number }[] {
  const half = 0.9 * shape.diameterMm;
  const step = shape.diameterMm / 26;
  const points: { p: Vec3; inside: number }[] = [];
  for (let dw = -half; dw <= half; dw += step) {
    const level = levelAt(shape.centre[2] + dw);
    for (let dv = -half; dv <= half; dv += step) {
      for (let du = -half; du <= half; du += step) {
        const [u, v] = [shape.centre[0] + du, shape.centre[1] + dv];
        const inside = insideTumour(level, u, v);
        if (inside > 0) points.push({ p: [u, v, level.w], inside });
      }
    }
  }
  return points;
}

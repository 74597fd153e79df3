import type { Noise } from './noise';

const { PI, atan2, cos, exp, floor, max, min, round, sin, sqrt } = Math;

/**
 * The limb's contours in limb coordinates (u lateral, v anterior, w up; mm): skin, deep fascia, femur.
 * Each is a radius by angle, in a table for one height w.
 */

export interface Build {
  /** Size of the limb against the mean. */
  readonly scale: number;
  /** Mean thickness of the subcutaneous fat, mm. */
  readonly fatMm: number;
}

/** A mass under the fascia lifts fascia and skin. */
export interface Bulge {
  readonly angle: number;
  readonly w: number;
  readonly heightMm: number;
  readonly widthMm: number;
}

const ANGLES = 256;
const FEMUR = { u: 10, v: 9, radiusMm: 13.8, canalMm: 7.2 };
/** The linea aspera, where the septa attach. */
const RIDGE = { angle: -1.75, heightMm: 3.4, width: 0.3 };

export interface Outline {
  readonly skinAt: (angle: number) => number;
  readonly fasciaAt: (angle: number) => number;
  /** Nothing of the limb is further from the axis, mm. */
  readonly reach: number;
  readonly scale: number;
  readonly femurCentre: readonly [number, number];
  /** Distance outside the bone's surface, negative inside. */
  readonly fromFemur: (u: number, v: number) => number;
  readonly canalRadius: number;
}

/** The limb narrows towards the knee. */
export function taper(w: number, build: Build): number {
  return build.scale * (1 + 0.0013 * w - 3e-6 * w * w);
}

/** @param ripple small irregularities, one unit long. */
export function outlineAt(w: number, build: Build, bulge: Bulge | null, ripple: Noise): Outline {
  const scale = taper(w, build);
  const skin = new Float64Array(ANGLES + 1);
  const fascia = new Float64Array(ANGLES + 1);
  for (let i = 0; i <= ANGLES; i++) {
    const angle = (2 * PI * i) / ANGLES - PI;
    const lift = bulge === null ? 0 : lifted(angle, w, bulge, 74 * scale);
    fascia[i] = scale * (fasciaRadius(angle) - resting(angle)) + lift;
    const cover = build.fatMm * fatProfile(angle) - 0.35 * lift;
    const uneven = ripples(angle, w, ripple);
    skin[i] = fascia[i] + cover + 0.4 * uneven;
    fascia[i] += uneven;
  }
  const lookUp = (table: Float64Array) => (angle: number) => {
    const t = ((angle + PI) / (2 * PI)) * ANGLES;
    const i = min(ANGLES - 1, max(0, floor(t)));
    return table[i] + (t - i) * (table[i + 1] - table[i]);
  };
  // The shaft runs medially downwards and widens above the condyles.
  const centre = [FEMUR.u * scale + 0.06 * w, FEMUR.v * scale - 0.02 * w] as const;
  const radius = FEMUR.radiusMm * (1 + 2.2e-5 * min(0, w) ** 2);
  return {
    skinAt: lookUp(skin),
    fasciaAt: lookUp(fascia),
    reach: skin.reduce((a, b) => max(a, b)) + 2,
    scale,
    femurCentre: centre,
    canalRadius: FEMUR.canalMm * (1 + 5e-5 * min(0, w) ** 2),
    fromFemur: (u, v) => {
      const du = u - centre[0];
      const dv = v - centre[1];
      const distance = sqrt(du * du + dv * dv) - radius;
      if (distance > 2.5 * RIDGE.heightMm) return distance;
      const offset = wrap(atan2(dv, du) - RIDGE.angle) / RIDGE.width;
      return distance - RIDGE.heightMm * exp(-offset * offset);
    },
  };
}

function fasciaRadius(angle: number): number {
  return (
    73.5 *
    (1 +
      0.022 * cos(2 * (angle - 0.15)) +
      0.018 * cos(3 * (angle - 0.55)) +
      0.008 * cos(5 * (angle - 1.9)))
  );
}

function ripples(angle: number, w: number, ripple: Noise): number {
  const [c, s] = [cos(angle), sin(angle)];
  return 1.6 * ripple(3 * c, 3 * s, w / 45) + 0.7 * ripple(8 * c + 40, 8 * s, w / 25);
}

/** The back of the thigh is flattened by the table. */
function resting(angle: number): number {
  const t = wrap(angle + 1.45) / 0.55;
  return 3.5 * exp(-t * t);
}

/** Thin over the iliotibial tract and the front, thick medially and behind. */
function fatProfile(angle: number): number {
  return 1 - 0.34 * cos(angle - 0.5) + 0.13 * cos(2 * (angle + 0.4));
}

function lifted(angle: number, w: number, bulge: Bulge, radius: number): number {
  const along = (wrap(angle - bulge.angle) * radius) / bulge.widthMm;
  const up = (w - bulge.w) / (1.3 * bulge.widthMm);
  return bulge.heightMm * exp(-0.5 * (along * along + up * up));
}

function wrap(angle: number): number {
  return angle - 2 * PI * round(angle / (2 * PI));
}

import type { RandomStream } from './random';
import { TISSUE } from './tissues';
import type { TissueLabel } from './tissues';

const { PI, cos, max, min, sin, sqrt } = Math;

/** Tubes that run mostly along the limb, and the sciatic nerve. Limb coordinates, mm. */
export interface Tube {
  readonly kind: 'artery' | 'vein' | 'nerve';
  readonly u: number;
  readonly v: number;
  readonly slope: readonly [number, number];
  /** Semi-axes across and along `tilt`. */
  readonly radii: readonly [number, number];
  readonly tilt: number;
  /** Phase of the winding course. */
  readonly phase: number;
  readonly windingMm: number;
}

function tube(
  kind: Tube['kind'],
  [u, v]: readonly [number, number],
  slope: Tube['slope'],
  radii: Tube['radii'],
  windingMm = 0.8,
  tilt = 0,
): Tube {
  return { kind, u, v, slope, radii, tilt, phase: u + v, windingMm };
}

const NAMED: readonly Tube[] = [
  // Femoral vessels in the adductor canal.
  tube('artery', [-29.5, 23], [0.05, 0.1], [3.1, 3.1]),
  tube('vein', [-33, 17.5], [0.05, 0.1], [4.3, 3.4], 0.8, 0.6),
  // Deep femoral vessels.
  tube('artery', [-8.5, -4], [-0.03, 0], [1.7, 1.7]),
  tube('vein', [-12, -7], [-0.03, 0], [2.3, 1.8]),
  tube('vein', [-5, -8], [-0.02, 0.02], [1.5, 1.2]),
  // Great saphenous vein.
  tube('vein', [-80, 16], [0.08, 0.15], [2.1, 1.7], 1.5),
  tube('nerve', [3.5, -34], [0.03, 0.02], [6.2, 3.3], 0.4, -0.25),
  tube('nerve', [-26.5, 26.5], [0.05, 0.1], [1.4, 1]),
];

/** The named vessels at the size of this limb, with small veins and perforators at random. */
export function makeTubes(random: RandomStream, scale: number, skinMm: number): readonly Tube[] {
  const named = NAMED.map((t) => ({ ...t, u: t.u * scale, v: t.v * scale }));
  const perforators = Array.from({ length: 9 }, () => {
    const angle = random.between(-PI, PI);
    const distance = random.between(22, 68) * scale;
    return smallVein(random, angle, distance, random.between(0.5, 0.85), 0.5);
  });
  const superficial = Array.from({ length: 11 }, () => {
    const angle = random.between(-PI, PI);
    const distance = skinMm - random.between(4, 9);
    return smallVein(random, angle, distance, random.between(0.6, 1.3), 0.3);
  });
  return [...named, ...perforators, ...superficial];
}

function smallVein(
  random: RandomStream,
  angle: number,
  distance: number,
  radius: number,
  slope: number,
): Tube {
  return tube(
    'vein',
    [distance * cos(angle), distance * sin(angle)],
    [random.between(-slope, slope), random.between(-slope, slope)],
    [radius * random.between(1, 1.6), radius],
    random.between(1, 3),
    random.between(0, PI),
  );
}

export interface TubeSection {
  readonly kind: Tube['kind'];
  readonly label: TissueLabel;
  readonly u: number;
  readonly v: number;
  readonly cos: number;
  readonly sin: number;
  readonly radii: readonly [number, number];
  /** Nothing of the tube is further away than this, squared. */
  readonly reach2: number;
}

export function tubesAt(tubes: readonly Tube[], w: number): readonly TubeSection[] {
  return tubes.map((t) => {
    const reach = max(...t.radii) + 2.5;
    return {
      kind: t.kind,
      label: t.kind === 'nerve' ? TISSUE.nerve : TISSUE.vessel,
      u: t.u + t.slope[0] * w + t.windingMm * sin(w / 12 + t.phase),
      v: t.v + t.slope[1] * w + t.windingMm * cos(w / 16 + 2 * t.phase),
      cos: cos(t.tilt),
      sin: sin(t.tilt),
      radii: t.radii,
      reach2: reach * reach,
    };
  });
}

/** Distance inside the tube's wall, mm; negative outside (exact for a round tube). */
export function insideTube(t: TubeSection, u: number, v: number): number {
  const du = u - t.u;
  const dv = v - t.v;
  const x = (du * t.cos + dv * t.sin) / t.radii[0];
  const y = (-du * t.sin + dv * t.cos) / t.radii[1];
  return (1 - sqrt(x * x + y * y)) * min(t.radii[0], t.radii[1]);
}

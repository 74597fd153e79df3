import type { Vec3 } from '../src/volume/volume';
import { gradientNoise } from './noise';
import { stream } from './random';

const { PI, cos, exp, log, min, sin, sqrt } = Math;

export interface TumourShape {
  /** Limb coordinates, mm. */
  readonly centre: Vec3;
  /** Across the limb, mm; along it the tumour is a third longer. */
  readonly diameterMm: number;
  /** 0: an ellipsoid; 1: lobulated and irregular. */
  readonly irregularity: number;
}

type Distance = (p: Vec3) => number;

export interface TumourSurface {
  /** About the distance from the surface in mm, negative inside; far outside only a rough one. */
  readonly distance: Distance;
  /** The same for the ellipsoid in its middle: smooth and cheap everywhere. */
  readonly coreDistance: Distance;
}

/** Width of the rounding where lobes meet. */
const SMOOTH_UNION_MM = 3;
/** Beyond this nothing depends on the lobes. */
const EXACT_WITHIN_MM = 30;

/** A lobulated mass: smooth union of ellipsoids with a rough surface. */
export function tumourSurface(seed: number, shape: TumourShape): TumourSurface {
  const noise = gradientNoise(stream(seed, 'tumour roughness'));
  const { core, lobes } = drawLobes(seed, shape);
  const coreDistance = ellipsoidDistance(core);
  const distances = [core, ...lobes].map(ellipsoidDistance);
  const rough = shape.irregularity * min(1, shape.diameterMm / 45);
  const distance: Distance = (p) => {
    const toCore = coreDistance(p);
    if (toCore > EXACT_WITHIN_MM) return toCore;
    let sum = 0;
    for (const toLobe of distances) sum += exp(-toLobe(p) / SMOOTH_UNION_MM);
    const [u, v, w] = p;
    const bumps = 5 * noise(u / 19, v / 19, w / 22) + 1.3 * noise(u / 6, v / 6 + 9, w / 8);
    return rough * bumps - SMOOTH_UNION_MM * log(sum);
  };
  return { distance, coreDistance };
}

interface Ellipsoid {
  readonly centre: Vec3;
  readonly axes: Vec3;
}

function drawLobes(seed: number, shape: TumourShape): { core: Ellipsoid; lobes: Ellipsoid[] } {
  const random = stream(seed, 'tumour surface');
  const radius = shape.diameterMm / 2;
  const [cu, cv, cw] = shape.centre;
  const core: Ellipsoid = {
    centre: shape.centre,
    axes: [radius * 0.7, radius * 0.62, radius * 1.0],
  };
  const [au, av, aw] = core.axes;
  const lobes = Array.from({ length: 7 }, (_, i) => {
    const angle = random.between(-PI, PI);
    const height = random.between(-0.85, 0.85);
    const across = sqrt(1 - height * height) * random.between(0.75, 1.15);
    // The first lobe is a large one: few sarcomas are round.
    const share = i === 0 ? 0.7 : random.between(0.3, 0.55);
    const size = radius * share * (0.4 + 0.6 * shape.irregularity);
    return {
      centre: [
        cu + au * across * cos(angle),
        cv + av * across * sin(angle),
        cw + aw * height * 0.8,
      ] as const,
      axes: [
        size * random.between(0.85, 1.1),
        size * random.between(0.8, 1.1),
        size * 1.2,
      ] as const,
    };
  });
  return { core, lobes };
}

function ellipsoidDistance({ centre: [cu, cv, cw], axes: [a, b, c] }: Ellipsoid): Distance {
  const scale = min(a, b, c);
  return ([u, v, w]) => {
    const x = (u - cu) / a;
    const y = (v - cv) / b;
    const z = (w - cw) / c;
    return (sqrt(x * x + y * y + z * z) - 1) * scale;
  };
}

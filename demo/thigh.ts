import { COMPARTMENTS, FAT_CELL } from './muscles';
import { crossing, gradientNoise } from './noise';
import { outlineAt } from './outline';
import type { Build, Bulge, Outline } from './outline';
import { stream } from './random';
import { sectionAt } from './section';
import type { Section, SectionPoint } from './section';
import { blend, CONTRAST, coverage, TISSUE } from './tissues';
import type { Signal, TissueLabel } from './tissues';
import { insideTube, makeTubes, tubesAt } from './vessels';
import type { TubeSection } from './vessels';

const { PI, abs, atan2, cos, max, min, sin, sqrt } = Math;

/** Softness of tissue borders, mm: below what the series resolve, so that edges are not stepped. */
const EDGE_MM = 0.9;
const SKIN_MM = 1.7;

export interface ThighPoint extends Signal {
  /** The tissue with the largest share. */
  label: TissueLabel;
  /** How far water can spread into the tissue here: 1 muscle, less fat, 0 bone and air. */
  permeable: number;
}

/** One height of the limb; reused for all points at this height. */
export interface Level {
  readonly w: number;
  readonly outline: Outline;
  readonly section: Section;
  readonly tubes: readonly TubeSection[];
}

/** The healthy limb: skin, fat, muscles with septa and fibres, femur, vessels, sciatic nerve. */
export function makeThigh(seed: number, build: Build, fatStreaks: number) {
  const random = stream(seed, 'thigh');
  const noise = gradientNoise(random);
  const streakNoise = gradientNoise(random);
  const tubes = makeTubes(random, build.scale, 73.5 * build.scale + build.fatMm);
  const place: SectionPoint = { compartment: 0, toBoundary: 0, betweenGroups: false };

  const levelAt = (w: number, bulge: Bulge | null): Level => {
    const outline = outlineAt(w, build, bulge, noise);
    return { w, outline, section: sectionAt(w, outline.scale), tubes: tubesAt(tubes, w) };
  };

  function subcutis(
    out: ThighPoint,
    u: number,
    v: number,
    w: number,
    depth: number,
    share: number,
  ) {
    out.label = TISSUE.fat;
    out.permeable = 0.35;
    blend(out, CONTRAST.fat, 1);
    const lobule = noise(u / 10 + 31, v / 10, w / 11) + 0.4 * noise(u / 4.5, v / 4.5 + 7, w / 7);
    const layer = share - 0.5 - 0.35 * noise(u / 18, v / 18 + 50, w / 20);
    const present = coverage(noise(u / 13 + 70, v / 13, w / 25) + 0.12, 0.5);
    const septum = max(
      0.8 * crossing(lobule, 0.065) * (0.4 + 0.9 * share),
      0.8 * present * crossing(layer * depth, 0.9),
    );
    blend(out, CONTRAST.fibrousSeptum, septum);
  }

  function muscle(out: ThighPoint, u: number, v: number, w: number, swirl: number) {
    const { signal, fatty, streakDeg } = COMPARTMENTS[place.compartment];
    const angle = (streakDeg * PI) / 180 + swirl;
    const along = u * cos(angle) + v * sin(angle);
    const across = v * cos(angle) - u * sin(angle);
    const bundles = noise(along / 7, across / 2.6, w / 17);
    const fibres = noise(along / 2.6 + 90, across / 1.3, w / 12);
    const coarse = noise(u / 20, v / 20 + 3, w / 30);
    const level = signal * (1 + 0.1 * coarse + 0.12 * bundles + 0.09 * fibres);
    out.t2 = CONTRAST.muscle.t2 * level;
    out.ce = CONTRAST.muscle.ce * level;
    out.fat = 0;
    // Fat between the bundles: thin lines, more of them in some parts of a muscle.
    const amount = fatStreaks * fatty * max(0, 0.6 - 1.3 * coarse);
    const line = streakNoise(along / 11, across / 4.2, w / 20) + 0.25 * fibres;
    blend(out, CONTRAST.fat, min(0.85, amount * crossing(line, 0.15)));
  }

  function deep(out: ThighPoint, level: Level, u: number, v: number, toFascia: number) {
    const w = level.w;
    const warpU = 6.5 * noise(u / 36, v / 36, w / 30) + 2.2 * noise(u / 12, v / 12 + 40, w / 20);
    const warpV =
      6.5 * noise(u / 36 + 60, v / 36, w / 30) + 2.2 * noise(u / 12 + 60, v / 12, w / 20);
    level.section(u + warpU, v + warpV, place);
    let gap = 0;
    if (place.toBoundary < 4) {
      const thickness = (place.betweenGroups ? 0.5 : 0.05) + 1.1 * noise(u / 15, v / 15, w / 17);
      gap = max(-0.15, thickness);
    }
    const body = place.compartment === FAT_CELL ? 0 : coverage(place.toBoundary - gap, EDGE_MM);
    const outer = coverage(toFascia - 1.3, 1.2);
    out.label = body * outer > 0.5 ? TISSUE.muscle : TISSUE.fat;
    out.permeable = 0.55 + 0.45 * body;
    muscle(out, u, v, w, 0.1 * warpU);
    // The epimysium darkens the border of each muscle a little before the fat begins.
    blend(out, CONTRAST.fascia, 0.3 * coverage(1.4 - abs(place.toBoundary - gap), 1.4));
    blend(out, CONTRAST.fat, 1 - body * outer);
    blend(out, CONTRAST.fascia, 0.75 * coverage(0.75 - abs(toFascia - 0.4), 0.8));
  }

  function femur(out: ThighPoint, level: Level, u: number, v: number) {
    const outside = level.outline.fromFemur(u, v);
    if (outside > EDGE_MM) return;
    const share = coverage(-outside, EDGE_MM);
    const [cu, cv] = level.outline.femurCentre;
    const canal =
      level.outline.canalRadius +
      0.9 * noise(u / 6 + 20, v / 6, level.w / 15) -
      sqrt((u - cu) ** 2 + (v - cv) ** 2);
    blend(out, CONTRAST.cortex, share);
    blend(out, CONTRAST.marrow, share * coverage(canal, 1.4));
    const grain = 1 + 0.12 * noise(u / 3, v / 3, level.w / 6) * coverage(canal, 1.4);
    out.t2 *= grain;
    out.ce *= grain;
    if (share > 0.5) out.label = canal > 0 ? TISSUE.marrow : TISSUE.cortex;
    out.permeable *= 1 - share;
  }

  function bundle(out: ThighPoint, t: TubeSection, u: number, v: number, w: number) {
    const inside = insideTube(t, u, v);
    if (inside < -1.5) return;
    const share = coverage(inside, EDGE_MM);
    if (t.kind === 'artery') {
      blend(out, CONTRAST.arteryWall, 0.8 * coverage(inside + 0.8, 0.9));
      blend(out, CONTRAST.arteryLumen, share);
    } else if (t.kind === 'vein') {
      blend(out, CONTRAST.vein, 0.9 * share);
    } else {
      const fascicles = 0.75 + 0.5 * noise(u / 1.6, v / 1.6, w / 20);
      blend(out, CONTRAST.nerve, share * fascicles);
    }
    if (share > 0.5) out.label = t.label;
    out.permeable *= 1 - share;
  }

  /** `u, v` where the tissue comes from (a mass shifts it), `skinU, skinV` where the point is. */
  function sample(
    out: ThighPoint,
    level: Level,
    u: number,
    v: number,
    skinU: number,
    skinV: number,
  ): void {
    const { outline, w } = level;
    const radius = sqrt(skinU * skinU + skinV * skinV);
    const angle = atan2(skinV, skinU);
    const skin = outline.skinAt(angle);
    const depth = skin - radius;
    out.label = TISSUE.air;
    out.permeable = 0;
    out.t2 = out.ce = out.fat = 0;
    if (depth < -EDGE_MM) return;
    const fascia = outline.fasciaAt(angle);
    const toFascia = fascia - radius;
    if (toFascia > 0) {
      deep(out, level, u, v, toFascia);
    } else {
      const thickness = max(2, skin - fascia);
      subcutis(out, skinU, skinV, w, thickness, -toFascia / thickness);
    }
    for (const t of level.tubes) {
      const [du, dv] = [u - t.u, v - t.v];
      if (du * du + dv * dv < t.reach2) bundle(out, t, u, v, w);
    }
    if (toFascia > 0) femur(out, level, skinU, skinV);
    const inSkin = coverage(SKIN_MM - depth, 0.7);
    if (inSkin > 0) {
      blend(out, CONTRAST.skin, inSkin);
      if (inSkin > 0.5) out.label = TISSUE.skin;
    }
    const inBody = coverage(depth, EDGE_MM);
    out.t2 *= inBody;
    out.ce *= inBody;
    if (inBody < 0.5) out.label = TISSUE.air;
  }

  return { levelAt, sample };
}

export type Thigh = ReturnType<typeof makeThigh>;

import { COMPARTMENTS, FAT_CELL } from './muscles';

const { exp, log, max, sqrt } = Math;

/** Where a point of the section lies among the compartments. */
export interface SectionPoint {
  /** Index in COMPARTMENTS. */
  compartment: number;
  /** Distance to the nearest other compartment in mm, less where three of them meet. */
  toBoundary: number;
  /** Whether the nearest other compartment belongs to another group: a thicker septum. */
  betweenGroups: boolean;
}

export type Section = (u: number, v: number, out: SectionPoint) => void;

/** Rounding of the corners where compartments meet, mm. */
const CORNER_MM = 1.6;

/** The power diagram `wMm` above mid-thigh, scaled about the limb's axis. */
export function sectionAt(wMm: number, scale: number): Section {
  const owner: number[] = [];
  const us: number[] = [];
  const vs: number[] = [];
  const powers: number[] = [];
  COMPARTMENTS.forEach(({ seeds }, index) => {
    for (const { u, v, radius, per10mm } of seeds) {
      const step = wMm / 10;
      owner.push(index);
      us.push((u + per10mm[0] * step) * scale);
      vs.push((v + per10mm[1] * step) * scale);
      powers.push((max(4, radius + per10mm[2] * step) * scale) ** 2);
    }
  });
  const n = owner.length;
  const halfInverseDistance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i !== j)
        halfInverseDistance[i * n + j] = 0.5 / sqrt((us[i] - us[j]) ** 2 + (vs[i] - vs[j]) ** 2);
    }
  }
  const power = new Float64Array(n);

  return (u, v, out) => {
    let best = 0;
    for (let i = 0; i < n; i++) {
      power[i] = (u - us[i]) ** 2 + (v - vs[i]) ** 2 - powers[i];
      if (power[i] < power[best]) best = i;
    }
    const mine = owner[best];
    let nearest = 1e9;
    let neighbour = mine;
    let sum = 0;
    for (let j = 0; j < n; j++) {
      if (owner[j] === mine) continue;
      // Distance to the bisector of the two seeds.
      const distance = (power[j] - power[best]) * halfInverseDistance[best * n + j];
      if (distance < nearest) {
        nearest = distance;
        neighbour = owner[j];
      }
      if (distance < 8) sum += exp(-distance / CORNER_MM);
    }
    out.compartment = mine;
    out.toBoundary = sum > 1e-3 ? -CORNER_MM * log(sum) : nearest;
    out.betweenGroups =
      mine !== FAT_CELL &&
      neighbour !== FAT_CELL &&
      COMPARTMENTS[mine].group !== COMPARTMENTS[neighbour].group;
  };
}

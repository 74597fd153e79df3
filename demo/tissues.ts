/**
 * Tissues and their signal without coil, noise and scanner gain, in the units of a 12-bit image:
 * FS-T2WI a fat-saturated T2-weighted TSE, CE-T1WI a fat-saturated T1-weighted SE after gadolinium,
 * the usual pair for a soft-tissue mass. Levels (muscle, tumour, suppressed fat, air) were set
 * beside clinical limb studies; no value is a measurement.
 */
export const TISSUE = {
  air: 0,
  skin: 1,
  fat: 2,
  muscle: 3,
  cortex: 4,
  marrow: 5,
  vessel: 6,
  nerve: 7,
  oedema: 8,
  habitat1: 9,
  habitat2: 10,
  habitat3: 11,
} as const;

export type TissueLabel = (typeof TISSUE)[keyof typeof TISSUE];

export function isTumour(label: number): boolean {
  return label >= TISSUE.habitat1;
}

/** What one point of the limb sends; `fat` is the share of signal that comes from fat. */
export interface Signal {
  t2: number;
  ce: number;
  fat: number;
}

interface Contrast {
  readonly t2: number;
  readonly ce: number;
  readonly fat: number;
}

export const CONTRAST = {
  skin: { t2: 300, ce: 500, fat: 0 },
  fat: { t2: 78, ce: 112, fat: 1 },
  fibrousSeptum: { t2: 185, ce: 255, fat: 0 },
  fascia: { t2: 60, ce: 95, fat: 0 },
  muscle: { t2: 205, ce: 315, fat: 0 },
  cortex: { t2: 14, ce: 20, fat: 0 },
  marrow: { t2: 88, ce: 118, fat: 0.8 },
  vein: { t2: 640, ce: 900, fat: 0 },
  arteryLumen: { t2: 30, ce: 110, fat: 0 },
  arteryWall: { t2: 230, ce: 430, fat: 0 },
  nerve: { t2: 350, ce: 330, fat: 0 },
  oedema: { t2: 590, ce: 470, fat: 0 },
  capsule: { t2: 190, ce: 760, fat: 0 },
} as const satisfies Readonly<Record<string, Contrast>>;

/** Replaces the share `amount` (0 to 1) of what is there. */
export function blend(signal: Signal, tissue: Contrast, amount: number): void {
  signal.t2 += (tissue.t2 - signal.t2) * amount;
  signal.ce += (tissue.ce - signal.ce) * amount;
  signal.fat += (tissue.fat - signal.fat) * amount;
}

/** 0 to 1 over `width` mm around a boundary; `inside` is the distance from it, positive inside. */
export function coverage(inside: number, width: number): number {
  const t = inside / width + 0.5;
  return t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
}

/**
 * Cross-section of the middle third of the thigh as a power diagram: each muscle owns one or more
 * seeds, each point of the section belongs to the seed of least |p - seed|^2 - radius^2.
 * Limb coordinates in mm: u lateral, v anterior; `per10mm` says how (u, v, radius) change 10 mm
 * further up. Layout after axial anatomy at mid-thigh (Gray's Anatomy, cross-section of the thigh).
 */

export const FAT_CELL = 0;

interface Seed {
  readonly u: number;
  readonly v: number;
  readonly radius: number;
  readonly per10mm: readonly [number, number, number];
}

export interface Compartment {
  readonly name: string;
  readonly group: 'anterior' | 'medial' | 'posterior' | 'fat';
  /** Direction of the fibre bundles and fat streaks in the section, degrees from u. */
  readonly streakDeg: number;
  /** Signal against the mean muscle. */
  readonly signal: number;
  /** Share of fat streaks against the mean muscle. */
  readonly fatty: number;
  readonly seeds: readonly Seed[];
}

const STILL = [0, 0, 0] as const;

function at(u: number, v: number, radius: number, per10mm: Seed['per10mm'] = STILL): Seed {
  return { u, v, radius, per10mm };
}

/** The first is the fat around the femoral, deep femoral and sciatic bundles. */
export const COMPARTMENTS: readonly Compartment[] = [
  {
    name: 'neurovascular fat',
    group: 'fat',
    streakDeg: 0,
    signal: 1,
    fatty: 1,
    seeds: [
      at(-31, 21, 9, [0.5, 1, 0.2]),
      at(-9, -6, 8, [-0.3, 0, 0.2]),
      at(3, -33, 8.5, [0.3, 0.2, 0]),
      at(-15, -40, 5),
    ],
  },
  {
    name: 'rectus femoris',
    group: 'anterior',
    streakDeg: 90,
    signal: 1.03,
    fatty: 0.7,
    seeds: [
      at(-2, 58, 15, [0.3, 0, 0.8]),
      at(9, 60, 16, [0.3, 0, 0.9]),
      at(20, 57, 14, [0.3, 0, 0.8]),
    ],
  },
  {
    name: 'vastus intermedius',
    group: 'anterior',
    streakDeg: 20,
    signal: 0.98,
    fatty: 0.6,
    seeds: [at(8, 34, 17), at(-8, 27, 15), at(24, 29, 16), at(32, 10, 14), at(28, -4, 8)],
  },
  {
    name: 'vastus lateralis',
    group: 'anterior',
    streakDeg: -35,
    signal: 1.0,
    fatty: 0.9,
    seeds: [
      at(36, 46, 16, [0.2, 0, 0.1]),
      at(52, 30, 18, [0.2, 0, 0.1]),
      at(58, 10, 18, [0.1, 0, 0.1]),
      at(52, -8, 15, [0, -0.1, 0.1]),
      at(41, -10, 9),
    ],
  },
  {
    name: 'vastus medialis',
    group: 'anterior',
    streakDeg: 50,
    signal: 1.01,
    fatty: 0.8,
    seeds: [
      at(-22, 44, 14, [0.6, 0.4, -0.9]),
      at(-36, 38, 13, [0.8, 0.5, -1.1]),
      at(-20, 26, 12, [0.3, 0.2, -0.5]),
      at(-14, 10, 8, [0.2, 0.2, -0.3]),
    ],
  },
  {
    name: 'sartorius',
    group: 'medial',
    streakDeg: -40,
    signal: 1.02,
    fatty: 1.4,
    seeds: [at(-50, 32, 8, [1.6, 1.6, 0]), at(-58, 22, 8, [1.5, 1.8, 0])],
  },
  {
    name: 'adductor longus',
    group: 'medial',
    streakDeg: 15,
    signal: 1.0,
    fatty: 0.8,
    seeds: [at(-43, 12, 10, [-0.3, 0.2, 0.8]), at(-30, 4, 10, [-0.2, 0.1, 0.7])],
  },
  {
    name: 'gracilis',
    group: 'medial',
    streakDeg: 90,
    signal: 1.02,
    fatty: 1.2,
    seeds: [at(-67, 4, 9, [0, 0.7, 0.3]), at(-68, -8, 8, [0, 0.7, 0.3])],
  },
  {
    name: 'adductor magnus',
    group: 'medial',
    streakDeg: 10,
    signal: 0.97,
    fatty: 1.0,
    seeds: [
      at(-51, -12, 15, [-0.2, 0, 0.4]),
      at(-34, -16, 15, [0, 0, 0.5]),
      at(-17, -17, 13, [0, 0, 0.4]),
      at(-2, -19, 9, [0, 0, 0.3]),
    ],
  },
  {
    name: 'semimembranosus',
    group: 'posterior',
    streakDeg: 60,
    signal: 1.0,
    fatty: 1.3,
    seeds: [at(-45, -41, 14, [0.4, 0, -0.8]), at(-30, -43, 13, [0.4, 0, -0.8])],
  },
  {
    name: 'semitendinosus',
    group: 'posterior',
    streakDeg: -60,
    signal: 1.03,
    fatty: 1.0,
    seeds: [at(-21, -61, 15, [0.3, 0, 0.5]), at(-9, -58, 13, [0.3, 0, 0.5])],
  },
  {
    name: 'biceps femoris, long head',
    group: 'posterior',
    streakDeg: 30,
    signal: 1.0,
    fatty: 1.2,
    seeds: [at(10, -58, 14, [-0.3, 0, 0.4]), at(24, -53, 15, [-0.3, 0, 0.4])],
  },
  {
    name: 'biceps femoris, short head',
    group: 'posterior',
    streakDeg: 60,
    signal: 0.98,
    fatty: 1.0,
    seeds: [at(23, -24, 11, [0, 0, -0.7]), at(35, -30, 11, [0.2, 0, -0.7])],
  },
];

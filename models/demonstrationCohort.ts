import type { SimulationOptions } from '../demo/settings';

/**
 * The simulated patients on which the demonstration model's landmarks, habitats and feature scales
 * were fitted. None of them is a demo study. They differ in site, size, build, coil, gain and the
 * share of the habitats, as far as the simulator can.
 */
export const DEMONSTRATION_COHORT: readonly SimulationOptions[] = [
  { seed: 101, site: 'vastus lateralis', tumourDiameterMm: 48, side: 'right' },
  {
    seed: 102,
    site: 'adductors',
    tumourDiameterMm: 60,
    side: 'left',
    build: { scale: 1.05, fatMm: 16 },
    habitats: { fractions: [0.25, 0.4, 0.35] },
    scanner: { fsT2: { gain: 1.15 }, ceT1: { gain: 0.9 } },
  },
  {
    seed: 103,
    site: 'hamstrings',
    tumourDiameterMm: 42,
    side: 'right',
    build: { scale: 0.95, fatMm: 8 },
    habitats: { fractions: [0.42, 0.2, 0.38] },
    peritumour: { oedema: 0.4, extentMm: 6 },
    scanner: { fsT2: { gain: 0.85 }, ceT1: { gain: 1.1 } },
  },
  {
    seed: 104,
    site: 'vastus medialis',
    tumourDiameterMm: 52,
    side: 'left',
    fatStreaks: 0.8,
    habitats: { fractions: [0.3, 0.3, 0.4], patchMm: 22 },
    peritumour: { oedema: 0.85, extentMm: 11 },
    scanner: { fsT2: { gain: 1.3, noise: 16 }, ceT1: { gain: 1.25, noise: 18 } },
  },
  {
    seed: 105,
    site: 'adductors',
    tumourDiameterMm: 46,
    side: 'right',
    irregularity: 0.4,
    build: { scale: 1, fatMm: 20 },
    habitats: { fractions: [0.35, 0.3, 0.35] },
    scanner: { fsT2: { gain: 0.75 }, ceT1: { gain: 0.8 } },
  },
  {
    seed: 106,
    site: 'vastus lateralis',
    tumourDiameterMm: 66,
    side: 'left',
    build: { scale: 1.06, fatMm: 10 },
    habitats: { fractions: [0.28, 0.36, 0.36], patchMm: 30 },
    peritumour: { oedema: 0.6, extentMm: 8 },
    scanner: { fsT2: { gain: 1.05 }, ceT1: { gain: 1.4 } },
  },
];

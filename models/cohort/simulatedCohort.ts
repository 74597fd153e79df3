/**
 * Simulated patients with a known truth: what their tumours and their surroundings are like, and how
 * that drives their hazard. Numbers and design follow the study of the published method (108 training
 * patients of two centres, 40 validation patients of two others), the patients are invented.
 */
import { DEFAULTS, TUMOUR_SITES } from '../../demo/settings';
import type { GridSettings, SimulationOptions, TumourSite } from '../../demo/settings';
import { stream } from '../../demo/random';
import type { RandomStream } from '../../demo/random';
import { CENTRES, type Centre, type CentreName } from './centres';

export interface CohortSize {
  readonly training: number;
  readonly validation: number;
  /** Small crops round the tumour and nobody censored: for tests. */
  readonly quick: boolean;
}

export interface CohortPatient {
  readonly id: string;
  readonly cohort: 'train' | 'validation';
  readonly centre: CentreName;
  readonly ageYears: number;
  readonly sizeMm: number;
  /** What the hazard depends on, with age. */
  readonly truth: {
    /** Part of the tumour that is habitat 2 (enhancing viable). */
    readonly viable: number;
    /** Water in the tissue at the tumour's surface, 0 to 1. */
    readonly oedema: number;
    /** Log hazard ratio against the average patient. */
    readonly logHazard: number;
  };
  readonly months: number;
  readonly event: 0 | 1;
  readonly images: SimulationOptions;
}

/** Log hazard ratios; viable and oedema for one SD of the simulated patients. */
export const TRUE_EFFECTS = { viable: 0.9, oedema: 0.9, agePerYear: 0.03 } as const;
/** Uniform distributions. */
const VIABLE = [0.12, 0.48] as const;
const OEDEMA = [0.25, 0.9] as const;
const MEAN_AGE = 56;
const SD_AGE = 14;
/** Of the average patient: an exponential time to progression. */
const MEAN_MONTHS = 62;
const FOLLOW_UP = [8, 60] as const;

export function simulatedCohort(seed: number, size: CohortSize): CohortPatient[] {
  const count = size.training + size.validation;
  return Array.from({ length: count }, (_, i) =>
    patient(seed, i, i < size.training ? 'train' : 'validation', size),
  );
}

function patient(
  seed: number,
  number: number,
  cohort: 'train' | 'validation',
  { quick }: CohortSize,
): CohortPatient {
  const random = stream(seed, `cohort patient ${number}`);
  const centre = centreOf(cohort, number, quick);
  const ageYears = Math.round(clamp(MEAN_AGE + SD_AGE * random.normal(), 20, 88));
  const viable = random.between(...VIABLE);
  const oedema = random.between(...OEDEMA);
  const logHazard =
    TRUE_EFFECTS.viable * standard(viable, VIABLE) +
    TRUE_EFFECTS.oedema * standard(oedema, OEDEMA) +
    TRUE_EFFECTS.agePerYear * (ageYears - MEAN_AGE);
  // A few patients can only show an association where luck has little to say.
  const luck = quick ? 0.35 + 0.3 * random.uniform() : random.uniform();
  const progression = (-MEAN_MONTHS * Math.log(1 - luck)) / Math.exp(logHazard);
  const censoring = quick ? Infinity : random.between(...FOLLOW_UP);
  const sizeMm = Math.round(quick ? random.between(28, 34) : random.between(34, 60));
  return {
    id: `${cohort === 'train' ? 'T' : 'V'}${String(number + 1).padStart(3, '0')}`,
    cohort,
    centre,
    ageYears,
    sizeMm,
    truth: { viable, oedema, logHazard },
    months: Math.max(0.1, Math.round(10 * Math.min(progression, censoring)) / 10),
    event: progression <= censoring ? 1 : 0,
    images: imagesOf(random, { viable, oedema, ageYears, sizeMm, centre, quick, number, seed }),
  };
}

/** Two centres for the training, two others for the validation, in about the published proportion. */
function centreOf(cohort: 'train' | 'validation', number: number, quick: boolean): CentreName {
  const first = quick ? number % 2 === 0 : number % 5 < 3;
  if (cohort === 'train') return first ? 'A' : 'B';
  return first ? 'C' : 'D';
}

interface Known {
  readonly viable: number;
  readonly oedema: number;
  readonly ageYears: number;
  readonly sizeMm: number;
  readonly centre: CentreName;
  readonly quick: boolean;
  readonly number: number;
  readonly seed: number;
}

/** What does not drive the hazard is drawn as freely as what does. */
function imagesOf(random: RandomStream, known: Known): SimulationOptions {
  const { viable, oedema, ageYears, sizeMm, quick } = known;
  const centre = CENTRES[known.centre];
  const sites = Object.keys(TUMOUR_SITES) as TumourSite[];
  const low = (1 - viable) * random.between(0.38, 0.54);
  return {
    seed: known.seed + 7919 * (known.number + 1),
    patient: { ...DEFAULTS.patient, id: `SIM-C${known.number + 1}`, ageYears },
    side: random.uniform() < 0.5 ? 'left' : 'right',
    site: sites[Math.floor(sites.length * random.uniform())],
    tumourDiameterMm: sizeMm,
    irregularity: random.between(0.4, 1),
    habitats: {
      fractions: [low, viable, 1 - viable - low],
      texture: random.between(0.05, 0.09),
      patchMm: random.between(20, 32),
    },
    peritumour: {
      oedema,
      extentMm: random.between(7, 10.5),
      texture: random.between(0.4, 1),
      textureMm: random.between(3.2, 5),
    },
    build: { scale: random.between(0.94, 1.03), fatMm: random.between(7, 16) },
    fatStreaks: clamp(0.1 + ageYears / 110 + random.between(-0.2, 0.2), 0.2, 1),
    scanner: { fsT2: jittered(centre.fsT2, random), ceT1: jittered(centre.ceT1, random) },
    grids: quick ? quickGrids() : grids(centre, sizeMm),
    centreOn: quick ? 'tumour' : 'limb',
  };
}

/** No two examinations of a scanner are adjusted alike. */
function jittered(scanner: Centre['fsT2'], random: RandomStream): Centre['fsT2'] {
  return { ...scanner, gain: scanner.gain * random.between(0.9, 1.1) };
}

type Grids = NonNullable<SimulationOptions['grids']>;
const WIDTH_MM = 184;
const HEIGHT_MM = 180;

/** The whole limb in plane; along it, tumour and ring wherever the tumour's centre was drawn. */
function grids({ geometry }: Centre, sizeMm: number): Grids {
  const lengthMm = 1.3 * sizeMm + 38;
  const grid = ({ inPlaneMm, sliceSpacingMm }: Centre['geometry']['fsT2']) => ({
    columns: 2 * Math.ceil(WIDTH_MM / inPlaneMm / 2),
    rows: 2 * Math.ceil(HEIGHT_MM / inPlaneMm / 2),
    slices: Math.ceil(lengthMm / sliceSpacingMm),
    inPlaneMm,
    sliceSpacingMm,
    sliceThicknessMm: 0.9 * sliceSpacingMm,
  });
  return { fsT2: grid(geometry.fsT2), ceT1: grid(geometry.ceT1) };
}

function quickGrids(): Grids {
  const grid: Partial<GridSettings> = {
    columns: 76,
    rows: 74,
    slices: 14,
    inPlaneMm: 1.4,
    sliceSpacingMm: 5,
    sliceThicknessMm: 4.5,
  };
  return { fsT2: grid, ceT1: grid };
}

/** Mean 0 and SD 1 of a uniform distribution. */
function standard(value: number, [from, to]: readonly [number, number]): number {
  return (Math.sqrt(12) * (value - (from + to) / 2)) / (to - from);
}

function clamp(value: number, from: number, to: number): number {
  return Math.min(to, Math.max(from, value));
}

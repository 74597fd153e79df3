import type { Vec3 } from '../src/volume/volume';
import type { ScannerSettings } from './acquire';
import type { PeritumourSettings } from './limb';
import type { Build } from './outline';
import type { HabitatSettings } from './tumourTissue';

/** What a simulated study is made from. Everything but the seed has a default; see DEFAULTS. */
export interface SimulationOptions {
  /** 32-bit integer. The same options give the same study. */
  readonly seed: number;
  readonly patient?: Partial<SimulatedPatient>;
  readonly side?: 'left' | 'right';
  readonly site?: TumourSite;
  /** Across the limb, mm; 15 to 90. */
  readonly tumourDiameterMm?: number;
  /** 0: an ellipsoid; 1: lobulated and irregular. */
  readonly irregularity?: number;
  readonly habitats?: Partial<HabitatSettings>;
  readonly peritumour?: Partial<PeritumourSettings>;
  readonly build?: Partial<Build>;
  /** Fat between the muscle bundles, 0 to 1. */
  readonly fatStreaks?: number;
  /** Movement between the series about the middle of the limb; drawn from the seed when left out. */
  readonly motion?: RigidMotion;
  readonly scanner?: {
    readonly fsT2?: Partial<ScannerSettings>;
    readonly ceT1?: Partial<ScannerSettings>;
  };
  readonly grids?: { readonly fsT2?: Partial<GridSettings>; readonly ceT1?: Partial<GridSettings> };
  /** What lies in the middle of both series. */
  readonly centreOn?: 'limb' | 'tumour';
}

export interface SimulatedPatient {
  /** DICOM PN. */
  readonly name: string;
  readonly id: string;
  readonly sex: 'F' | 'M' | 'O';
  /** YYYYMMDD */
  readonly birthDate: string;
  readonly ageYears: number;
  /** YYYYMMDD */
  readonly studyDate: string;
}

export interface RigidMotion {
  /** About the LPS axes, applied z first, then x, then y. */
  readonly rotationDeg: Vec3;
  readonly translationMm: Vec3;
}

export interface GridSettings {
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  /** Pixel spacing, mm. */
  readonly inPlaneMm: number;
  /** Between the middles of slices, mm. */
  readonly sliceSpacingMm: number;
  readonly sliceThicknessMm: number;
  /** Tilt of the axial planes about the LPS axes. */
  readonly tiltDeg: Vec3;
}

/** Centre of the tumour in the middle of the section: u lateral, v anterior, mm. */
export const TUMOUR_SITES = {
  'vastus lateralis': [47, 17],
  'vastus medialis': [-27, 33],
  adductors: [-38, -13],
  hamstrings: [-2, -49],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

export type TumourSite = keyof typeof TUMOUR_SITES;

/** A thigh on a 1.5 T scanner. */
export const DEFAULTS = {
  patient: {
    name: 'SIMULATED^Patient',
    id: 'SIM-0000',
    sex: 'O',
    birthDate: '19700615',
    ageYears: 55,
    studyDate: '20260119',
  },
  side: 'left',
  site: 'vastus lateralis',
  tumourDiameterMm: 56,
  irregularity: 0.8,
  habitats: {
    fractions: [0.3, 0.32, 0.38],
    t2: [335, 850, 570],
    ce: [395, 980, 665],
    texture: 0.07,
    patchMm: 26,
  },
  peritumour: { oedema: 0.7, extentMm: 9, texture: 0.7, textureMm: 4 },
  build: { scale: 1, fatMm: 12 },
  fatStreaks: 0.5,
  scanner: {
    fsT2: { gain: 1, offset: 0, noise: 11, biasStrength: 0.11, fatSaturationError: 0.3 },
    ceT1: { gain: 1, offset: 0, noise: 12, biasStrength: 0.12, fatSaturationError: 0.25 },
  },
  grids: {
    fsT2: {
      columns: 256,
      rows: 240,
      slices: 32,
      inPlaneMm: 0.85,
      sliceSpacingMm: 4.4,
      sliceThicknessMm: 4,
      tiltDeg: [3.1, -2.2, 1.6],
    },
    ceT1: {
      columns: 240,
      rows: 232,
      slices: 38,
      inPlaneMm: 0.9,
      sliceSpacingMm: 3.85,
      sliceThicknessMm: 3.5,
      tiltDeg: [-1.8, 2.7, -1.2],
    },
  },
  centreOn: 'limb',
} as const satisfies Omit<Required<SimulationOptions>, 'seed' | 'motion'>;

import { applyToPoint, indexToWorld, invertAffine, multiply } from '../src/volume/geometry';
import type { Mat4 } from '../src/volume/geometry';
import { voxelCount } from '../src/volume/volume';
import type { Grid, LabelMap, Mask, Vec3, Volume } from '../src/volume/volume';
import { acquire } from './acquire';
import { drawContour } from './contour';
import { makeLimb, newLimbPoint } from './limb';
import type { Limb, LimbPoint } from './limb';
import {
  drawMotion,
  limbCentre,
  limbToWorldPoint,
  planGrid,
  rigidAbout,
  seenBox,
  worldToLimb,
} from './placement';
import { renderLimb } from './render';
import { DEFAULTS, TUMOUR_SITES } from './settings';
import type { SimulatedPatient, SimulationOptions } from './settings';
import { stream } from './random';
import { isTumour, TISSUE } from './tissues';
import type { TissueLabel } from './tissues';

export type { SimulationOptions } from './settings';

const { abs, min, round } = Math;

export interface SimulatedSeries {
  /** 12-bit magnitude image; slices ordered from the feet up. */
  readonly volume: Volume<'native', Uint16Array>;
  readonly sliceThicknessMm: number;
}

/** What was put into the images. Maps lie on the grid of FS-T2WI and describe the middle of each voxel. */
export interface StudyTruth {
  /** Values of TISSUE. */
  readonly tissues: LabelMap;
  /** 0 outside the tumour, 1 low/low, 2 high/high, 3 medium/medium. */
  readonly habitats: LabelMap;
  readonly tumour: Mask;
  readonly oedema: Mask;
  /** The tissue at any point of the FS-T2WI world (LPS mm), for finer or other grids. */
  readonly tissueAt: (pointMm: Vec3) => TissueLabel;
  readonly tumourCentreMm: Vec3;
  /** Rigid; FS-T2WI world -> CE-T1WI world, LPS mm. */
  readonly fsT2ToCeT1: Mat4;
  /** log of the multiplicative coil field, each on the grid of its series. */
  readonly logBias: {
    readonly fsT2: Volume<'native', Float32Array>;
    readonly ceT1: Volume<'native', Float32Array>;
  };
}

export interface SimulatedStudy {
  readonly seed: number;
  readonly patient: SimulatedPatient;
  readonly side: 'left' | 'right';
  readonly fsT2: SimulatedSeries;
  readonly ceT1: SimulatedSeries;
  /** The tumour as a radiologist drew it, on the grid of FS-T2WI. */
  readonly contour: Mask;
  readonly truth: StudyTruth;
}

/**
 * A thigh with a soft-tissue sarcoma on FS-T2WI and CE-T1WI (fat-saturated, after gadolinium).
 * Deterministic: the same options give the same voxels.
 */
export function simulateStudy(options: SimulationOptions): SimulatedStudy {
  requireUsable(options);
  const { seed } = options;
  const side = options.side ?? DEFAULTS.side;
  const patient = { ...DEFAULTS.patient, ...options.patient };
  const { limb, centre } = limbFor(options);

  const toLimb = worldToLimb(side);
  const fsT2ToCeT1 = rigidAbout(limbCentre(side), options.motion ?? drawMotion(seed));
  const ceToLimb = multiply(toLimb, invertAffine(fsT2ToCeT1));
  const middle = options.centreOn === 'tumour' ? centre : ([0, 0, 0] as const);
  const middleMm = limbToWorldPoint(side, middle);
  const t2Plan = { ...DEFAULTS.grids.fsT2, ...options.grids?.fsT2 };
  const cePlan = { ...DEFAULTS.grids.ceT1, ...options.grids?.ceT1 };
  const t2Grid = planGrid(t2Plan, middleMm);
  const ceGrid = planGrid(cePlan, applyToPoint(fsT2ToCeT1, middleMm));

  const fine = min(t2Plan.inPlaneMm, cePlan.inPlaneMm);
  const through = min(t2Plan.sliceThicknessMm, cePlan.sliceThicknessMm) / 1.7;
  const box = seenBox(
    [
      { grid: t2Grid, worldToLimb: toLimb },
      { grid: ceGrid, worldToLimb: ceToLimb },
    ],
    125,
  );
  const rendered = renderLimb(limb, box, [fine, fine, through]);
  const t2Scanner = { ...DEFAULTS.scanner.fsT2, ...options.scanner?.fsT2 };
  const ceScanner = { ...DEFAULTS.scanner.ceT1, ...options.scanner?.ceT1 };
  const t2 = acquire(rendered, 't2', t2Grid, t2Plan.sliceThicknessMm, toLimb, t2Scanner, seed);
  const ce = acquire(rendered, 'ce', ceGrid, cePlan.sliceThicknessMm, ceToLimb, ceScanner, seed);

  const maps = once(() => mapTruth(limb, t2Grid, toLimb));
  return {
    seed,
    patient,
    side,
    fsT2: { volume: t2.volume, sliceThicknessMm: t2Plan.sliceThicknessMm },
    ceT1: { volume: ce.volume, sliceThicknessMm: cePlan.sliceThicknessMm },
    contour: drawContour(t2Grid, depthBelowSurface(limb, t2Grid, toLimb), seed),
    truth: {
      get tissues() {
        return maps().tissues;
      },
      get habitats() {
        return maps().habitats;
      },
      get tumour() {
        return maps().tumour;
      },
      get oedema() {
        return maps().oedema;
      },
      tissueAt: tissueReader(limb, toLimb),
      tumourCentreMm: limbToWorldPoint(side, centre),
      fsT2ToCeT1,
      logBias: { fsT2: t2.logBias, ceT1: ce.logBias },
    },
  };
}

function requireUsable({ seed, tumourDiameterMm, habitats }: SimulationOptions): void {
  if (!Number.isInteger(seed)) throw new Error(`The seed ${seed} is not an integer`);
  const diameter = tumourDiameterMm ?? DEFAULTS.tumourDiameterMm;
  if (!(diameter >= 15 && diameter <= 90)) {
    throw new Error(`A tumour of ${diameter} mm does not fit a thigh; 15 to 90 mm do`);
  }
  const fractions = habitats?.fractions ?? DEFAULTS.habitats.fractions;
  const sum = fractions.reduce((a, b) => a + b, 0);
  if (abs(sum - 1) > 1e-6 || fractions.some((f) => f < 0)) {
    throw new Error(`The habitat fractions ${fractions.join(', ')} are not shares of one whole`);
  }
}

function limbFor(options: SimulationOptions): { limb: Limb; centre: Vec3 } {
  const random = stream(options.seed, 'place');
  const build = { ...DEFAULTS.build, ...options.build };
  const [u, v] = TUMOUR_SITES[options.site ?? DEFAULTS.site];
  const centre: Vec3 = [
    u * build.scale + random.between(-3, 3),
    v * build.scale + random.between(-3, 3),
    random.between(-8, 8),
  ];
  const limb = makeLimb(options.seed, {
    build,
    fatStreaks: options.fatStreaks ?? DEFAULTS.fatStreaks,
    shape: {
      centre,
      diameterMm: options.tumourDiameterMm ?? DEFAULTS.tumourDiameterMm,
      irregularity: options.irregularity ?? DEFAULTS.irregularity,
    },
    habitats: { ...DEFAULTS.habitats, ...options.habitats },
    peritumour: { ...DEFAULTS.peritumour, ...options.peritumour },
  });
  return { limb, centre };
}

/** The maps of the truth take a third of the work, and not everybody looks at them. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** Heights closer than this share their outlines: an oblique plane crosses many heights. */
const LEVEL_STEP_MM = 0.5;

function levelReader(limb: Limb): (w: number) => ReturnType<Limb['levelAt']> {
  const levels = new Map<number, ReturnType<Limb['levelAt']>>();
  return (w) => {
    const step = round(w / LEVEL_STEP_MM);
    let level = levels.get(step);
    if (level === undefined) {
      level = limb.levelAt(step * LEVEL_STEP_MM);
      levels.set(step, level);
    }
    return level;
  };
}

function pointReader(limb: Limb, toLimb: Mat4): (pointMm: Vec3) => LimbPoint {
  const levelAt = levelReader(limb);
  const point = newLimbPoint();
  return (pointMm) => {
    const [u, v, w] = applyToPoint(toLimb, pointMm);
    limb.sample(point, levelAt(w), u, v);
    return point;
  };
}

function tissueReader(limb: Limb, toLimb: Mat4): StudyTruth['tissueAt'] {
  const read = pointReader(limb, toLimb);
  return (pointMm) => read(pointMm).label;
}

/** Of each voxel, in mm below the surface of the tumour; negative outside. */
function depthBelowSurface(limb: Limb, grid: Grid, toLimb: Mat4): Float32Array {
  const levelAt = levelReader(limb);
  const toLimbIndex = multiply(toLimb, indexToWorld(grid));
  const [nx, ny, nz] = grid.size;
  const inside = new Float32Array(voxelCount(grid));
  for (let k = 0, i = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let x = 0; x < nx; x++, i++) {
        const [u, v, w] = applyToPoint(toLimbIndex, [x, j, k]);
        const level = levelAt(w);
        const isLimb = u * u + v * v <= level.outline.reach ** 2;
        inside[i] = isLimb ? limb.insideTumour(level, u, v) : -Infinity;
      }
    }
  }
  return inside;
}

function mapTruth(limb: Limb, grid: Grid, toLimb: Mat4) {
  const read = pointReader(limb, toLimb);
  const toWorld = indexToWorld(grid);
  const n = voxelCount(grid);
  const tissues = new Uint8Array(n);
  const habitats = new Uint8Array(n);
  const tumour = new Uint8Array(n);
  const oedema = new Uint8Array(n);
  const [nx, ny, nz] = grid.size;
  for (let k = 0, i = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let x = 0; x < nx; x++, i++) {
        const point = read(applyToPoint(toWorld, [x, j, k]));
        tissues[i] = point.label;
        if (isTumour(point.label)) {
          tumour[i] = 1;
          habitats[i] = point.label - TISSUE.habitat1 + 1;
        }
        if (point.label === TISSUE.oedema) oedema[i] = 1;
      }
    }
  }
  const map = (data: Uint8Array) => ({ grid, data });
  return {
    tissues: map(tissues),
    habitats: map(habitats),
    tumour: map(tumour),
    oedema: map(oedema),
  };
}

import type { RegistrationCheck } from '../../../src/chain/analysis';
import { applyToPoint, indexToWorld, worldToIndex } from '../../../src/volume/geometry';
import type { Vec3 } from '../../../src/volume/volume';
import { StateStore } from './stateStore';

export type ReviewMode = 'checkerboard' | 'flicker' | 'blend';

/** How the two series are shown in one picture. */
export interface ReviewLook {
  readonly mode: ReviewMode;
  /** Edge of a field of the checkerboard. */
  readonly fieldMm: number;
  /** Share of the other series in the blend, 0 to 1. */
  readonly blend: number;
  /** Which of the two the flicker shows just now. */
  readonly showsMoving: boolean;
  readonly outline: boolean;
  /** Cut to the tumour and what surrounds it. */
  readonly close: boolean;
  /** Also drawn over the images in the viewer. */
  readonly inImages: boolean;
}

/** What the panel's picture and the viewer's viewports show of a registration, together. */
export interface ReviewViewState {
  readonly check: RegistrationCheck | null;
  /** False after it was rejected: the viewports are then linked by their DICOM positions again. */
  readonly linked: boolean;
  /** Whether the step is open in the panel: only then is anything drawn or clicked in the images. */
  readonly open: boolean;
  readonly look: ReviewLook;
  /** Slice of the check's grid. */
  readonly z: number;
  /** Clicks in the images set the crosshair. */
  readonly crosshair: boolean;
  /** Where it is, LPS mm of the reference series. */
  readonly pointMm: Vec3 | null;
}

export type ReviewViewAction =
  | { readonly type: 'shown'; readonly check: RegistrationCheck | null; readonly linked: boolean }
  | { readonly type: 'opened'; readonly open: boolean }
  | { readonly type: 'looked'; readonly look: Partial<ReviewLook> }
  | { readonly type: 'sliced'; readonly z: number }
  | { readonly type: 'crosshair'; readonly on: boolean }
  | { readonly type: 'pointed'; readonly pointMm: Vec3 };

export type ReviewViewStore = StateStore<ReviewViewState, ReviewViewAction>;

const NOTHING: ReviewViewState = {
  check: null,
  linked: false,
  open: false,
  look: {
    mode: 'checkerboard',
    fieldMm: 20,
    blend: 0.5,
    showsMoving: false,
    outline: true,
    close: false,
    inImages: false,
  },
  z: 0,
  crosshair: true,
  pointMm: null,
};

export function createReviewView(): ReviewViewStore {
  return new StateStore(reduceView, NOTHING);
}

export function reduceView(state: ReviewViewState, action: ReviewViewAction): ReviewViewState {
  switch (action.type) {
    case 'shown':
      return withCheck(state, action.check, action.linked);
    case 'opened':
      return { ...state, open: action.open };
    case 'looked':
      return { ...state, look: { ...state.look, ...action.look } };
    case 'sliced': {
      const z = clampSlice(state.check, action.z);
      return z === state.z ? state : { ...state, z };
    }
    case 'crosshair':
      return { ...state, crosshair: action.on, pointMm: action.on ? state.pointMm : null };
    case 'pointed':
      return { ...state, pointMm: action.pointMm, z: sliceOf(state.check, action.pointMm) };
  }
}

/** A new registration is shown at the middle of the tumour. */
function withCheck(
  state: ReviewViewState,
  check: RegistrationCheck | null,
  linked: boolean,
): ReviewViewState {
  if (check === state.check) return linked === state.linked ? state : { ...state, linked };
  const z = check ? sliceOf(check, check.tumourCentreMm) : 0;
  return { ...state, check, linked, z, pointMm: null };
}

/** The slice of the check that is nearest to a point. */
export function sliceOf(check: RegistrationCheck | null, pointMm: Vec3): number {
  return check ? clampSlice(check, applyToPoint(worldToIndex(check.grid), pointMm)[2]) : 0;
}

/**
 * The point that the viewports are brought to: the crosshair, or when another slice was chosen since,
 * what lies on that slice at the same place as the crosshair (without one, as the tumour).
 */
export function focusOf({ check, pointMm, z }: ReviewViewState): Vec3 | null {
  if (!check) return null;
  if (pointMm && sliceOf(check, pointMm) === z) return pointMm;
  const [column, row] = applyToPoint(worldToIndex(check.grid), pointMm ?? check.tumourCentreMm);
  return pointAt(check, column, row, z);
}

function clampSlice(check: RegistrationCheck | null, z: number): number {
  const last = (check?.planes.length ?? 1) - 1;
  return Math.min(last, Math.max(0, Math.round(z)));
}

/** A position in the picture of a slice, in (continuous) columns and rows. */
export function pointAt({ grid }: RegistrationCheck, column: number, row: number, z: number): Vec3 {
  return applyToPoint(indexToWorld(grid), [column, row, z]);
}

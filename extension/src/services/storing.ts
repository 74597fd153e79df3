import type { DicomObject } from '../../../src/chain/analysis';

export type ObjectKind = DicomObject['kind'];

/** How far one object has come. `verified`: read back from the archive and found equal. */
export type ObjectState =
  | { readonly state: 'waiting' | 'sending' | 'sent' | 'readBack' | 'verified' }
  | { readonly state: 'failed'; readonly reason: string };

export interface StoringState {
  readonly phase: 'idle' | 'storing' | 'failed' | 'stored';
  readonly objects: Readonly<Record<ObjectKind, ObjectState>>;
  /** Why the store failed, in one sentence. */
  readonly message: string | null;
}

export const NOT_STORED: StoringState = {
  phase: 'idle',
  objects: { SEG: { state: 'waiting' }, SR: { state: 'waiting' } },
  message: null,
};

export type StoringAction =
  | { readonly type: 'store/started' }
  | { readonly type: 'store/stepped'; readonly kind: ObjectKind; readonly state: ObjectState }
  | { readonly type: 'store/failed'; readonly message: string }
  | { readonly type: 'store/finished' };

export function reduceStoring(storing: StoringState, action: StoringAction): StoringState {
  switch (action.type) {
    case 'store/started':
      // A retry sends only what is not verified; the archive recognises the rest by its UIDs.
      return { phase: 'storing', message: null, objects: mapObjects(storing, restart) };
    case 'store/stepped':
      return { ...storing, objects: { ...storing.objects, [action.kind]: action.state } };
    case 'store/failed':
      return {
        phase: 'failed',
        message: action.message,
        objects: mapObjects(storing, (state) => interrupted(state, action.message)),
      };
    case 'store/finished':
      return {
        phase: 'stored',
        message: null,
        objects: { SEG: { state: 'verified' }, SR: { state: 'verified' } },
      };
  }
}

function mapObjects(
  { objects }: StoringState,
  change: (state: ObjectState) => ObjectState,
): StoringState['objects'] {
  return { SEG: change(objects.SEG), SR: change(objects.SR) };
}

function restart(state: ObjectState): ObjectState {
  return state.state === 'verified' ? state : { state: 'waiting' };
}

/** An object that was under way when the store stopped is not known to be in the archive. */
function interrupted(state: ObjectState, reason: string): ObjectState {
  const underWay = state.state !== 'waiting' && state.state !== 'verified';
  return underWay && state.state !== 'failed' ? { state: 'failed', reason } : state;
}

import type { TumourSource } from '../../../src/chain/analysis';
import type { Session } from './session';

/** A tumour as it was drawn, on images that are named and not numbered. */
export interface Drawing {
  readonly label: string;
  readonly seriesInstanceUid: string;
  readonly seriesDescription: string;
  readonly frameOfReferenceUid: string;
  readonly planes: Extract<TumourSource, { readonly kind: 'drawn' }>['planes'];
}

/** A drawing that no stored result has yet, as this browser keeps it. */
export interface KeptDrawing {
  /** The same as long as it is the same drawing, in later tabs too. */
  readonly id: string;
  readonly studyInstanceUid: string;
  /** `TumourChoice.id` in the tab that saved it last. */
  readonly tumourId: string;
  /** Of the last stroke, ISO 8601. */
  readonly drawnAt: string;
  readonly drawing: Drawing;
}

/** What the panel says of it; the planes stay where they are kept. */
export type DrawingSummary = Pick<KeptDrawing, 'id' | 'drawnAt'> &
  Pick<Drawing, 'label' | 'seriesDescription'>;

export interface Drawings {
  /** Drawings of earlier tabs, oldest first, that are in no stored result. */
  readonly offers: readonly DrawingSummary[];
  /** Why a drawing cannot be kept or restored, in one sentence. */
  readonly problem: string | null;
}

export const NO_DRAWINGS: Drawings = { offers: [], problem: null };

export type DrawingAction =
  | { readonly type: 'drawings/offered'; readonly offers: readonly DrawingSummary[] }
  /** Restored, discarded, or part of a stored result. */
  | { readonly type: 'drawing/settled'; readonly id: string }
  | { readonly type: 'drawing/problem'; readonly message: string | null };

export function reduceDrawings(session: Session, action: DrawingAction): Session {
  const { drawings } = session;
  switch (action.type) {
    case 'drawings/offered':
      return { ...session, drawings: { ...drawings, offers: action.offers } };
    case 'drawing/settled': {
      const offers = drawings.offers.filter(({ id }) => id !== action.id);
      return { ...session, drawings: { offers, problem: null } };
    }
    case 'drawing/problem':
      if (drawings.problem === action.message) return session;
      return { ...session, drawings: { ...drawings, problem: action.message } };
  }
}

export function summaryOfDrawing({ id, drawnAt, drawing }: KeptDrawing): DrawingSummary {
  const { label, seriesDescription } = drawing;
  return { id, drawnAt, label, seriesDescription };
}

/** Whether a result that was computed from the tumour holds the drawing as it was kept. */
export function isPartOf(
  { tumourId, drawnAt }: KeptDrawing,
  { outcome }: Pick<Session, 'outcome'>,
): boolean {
  if (!outcome || outcome.tumour?.id !== tumourId) return false;
  return Date.parse(drawnAt) <= Date.parse(outcome.result.provenance.startedAt);
}

import { reduceArchive, type ArchiveAction } from './archiving';
import { reduceDrawings, type DrawingAction } from './drawings';
import { isHalfStored, reduceKeeping, setAside, type KeepingAction } from './keeping';
import { reduceReview, withOutcomeReview, withReportSent, type ReviewAction } from './reviewing';
import type { RunAction } from './running';
import { reduceRun } from './running';
import type { Session } from './session';
import type { ModelAction, SetupAction } from './settingUp';
import { reduceModel, reduceSetup } from './settingUp';
import type { StoringAction } from './storing';
import { NOT_STORED, reduceStoring } from './storing';

export type OverlayAction =
  | { readonly type: 'overlay/shown'; readonly visible: boolean }
  | { readonly type: 'overlay/faded'; readonly opacity: number };

export type Action =
  | SetupAction
  | ModelAction
  | RunAction
  | StoringAction
  | OverlayAction
  | ArchiveAction
  | KeepingAction
  | DrawingAction
  | { readonly type: 'access/known'; readonly readOnly: string | null }
  | ReviewAction
  | { readonly type: 'analyse/refused'; readonly message: string };

/** The whole state machine of the panel, without a clock, a network or a screen. */
export function reduce(session: Session, action: Action): Session {
  switch (action.type) {
    case 'study/found':
    case 'role/chosen':
    case 'tumour/chosen':
    case 'age/typed':
    case 'batch/chosen':
    case 'registration/chosen':
      return reduceSetup(session, action);
    case 'model/loading':
    case 'model/loaded':
    case 'model/refused':
      return withModel(session, action);
    case 'analyse/refused':
      return { ...session, refusal: action.message };
    case 'access/known':
      return { ...session, readOnly: action.readOnly };
    case 'stored/opening':
    case 'stored/opened':
    case 'stored/failed':
      return reduceArchive(session, action);
    case 'kept/offered':
    case 'kept/restored':
    case 'kept/discarded':
    case 'kept/problem':
    case 'outcome/discarded':
      return reduceKeeping(session, action);
    case 'drawings/offered':
    case 'drawing/settled':
    case 'drawing/problem':
      return reduceDrawings(session, action);
    case 'overlay/shown':
      return { ...session, overlay: { ...session.overlay, visible: action.visible } };
    case 'overlay/faded':
      return { ...session, overlay: { ...session.overlay, opacity: action.opacity } };
    case 'store/started':
    case 'store/stepped':
    case 'store/failed':
    case 'store/finished':
      return withStoring(session, action);
    case 'review/ready':
    case 'review/decided':
      return reduceReview(session, action);
    default:
      return withRun(session, action);
  }
}

function withModel(session: Session, action: ModelAction): Session {
  const model = reduceModel(session.model, action);
  if (model.current === session.model.current) return { ...session, model };
  // Batches belong to a model: one of another model means nothing to this one.
  const known = Object.keys(model.current?.model.combat?.batches ?? {});
  const { batch } = session.setup;
  const kept = batch !== null && known.includes(batch) ? batch : null;
  return { ...session, model, setup: { ...session.setup, batch: kept }, refusal: null };
}

function withStoring(session: Session, action: StoringAction): Session {
  const { outcome } = session;
  if (!outcome) return session;
  const storing = reduceStoring(outcome.storing, action);
  const stored = { ...session, outcome: { ...outcome, storing } };
  return action.type === 'store/started' ? withReportSent(stored) : stored;
}

function withRun(session: Session, action: RunAction): Session {
  const run = reduceRun(session.run, action);
  if (run === session.run) return session;
  if (action.type === 'run/started') {
    return { ...session, run, refusal: null, reviews: { ...session.reviews, ofRun: null } };
  }
  if (action.type !== 'run/finished') return { ...session, run };
  const { result, inputs, tumour } = action;
  // An earlier result that was never sent is superseded; one that was sent in part must not be forgotten.
  const keeping =
    session.outcome && isHalfStored(session.outcome) ? setAside(session) : session.keeping;
  const outcome = { result, inputs, tumour, storing: NOT_STORED };
  return withOutcomeReview({ ...session, run, keeping, opening: null, outcome });
}

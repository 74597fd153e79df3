import type { AnalysisResult } from '../../../src/chain/analysis';
import type { Outcome, Session, TumourChoice } from './session';
import { NOT_STORED } from './storing';

/** A finished result that the archive does not have yet, as this browser keeps it. */
export interface KeptResult {
  /** SOP Instance UID of its SR: the same result is never kept twice. */
  readonly id: string;
  readonly studyInstanceUid: string;
  readonly result: AnalysisResult;
  readonly tumour: TumourChoice | null;
  readonly inputs: string;
}

/** What the panel says of it; the objects stay where they are kept. */
export type KeptSummary = Pick<KeptResult, 'id'> & {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly modelName: string;
};

export interface Keeping {
  /** Results of earlier tabs, oldest first, that are neither stored nor discarded. */
  readonly offers: readonly KeptSummary[];
  /** Why this browser cannot keep the result, in one sentence. */
  readonly problem: string | null;
}

export const NOTHING_KEPT: Keeping = { offers: [], problem: null };

export type KeepingAction =
  | { readonly type: 'kept/offered'; readonly kept: readonly KeptSummary[] }
  | { readonly type: 'kept/restored'; readonly kept: KeptResult }
  | { readonly type: 'kept/discarded'; readonly id: string }
  | { readonly type: 'kept/problem'; readonly message: string | null }
  | { readonly type: 'outcome/discarded' };

export function reduceKeeping(session: Session, action: KeepingAction): Session {
  const { keeping } = session;
  switch (action.type) {
    case 'kept/offered':
      return { ...session, keeping: { ...keeping, offers: added(keeping.offers, action.kept) } };
    case 'kept/restored': {
      const { id, result, tumour, inputs } = action.kept;
      const aside = { ...session, keeping: without(setAside(session), id), opening: null };
      return { ...aside, outcome: { result, tumour, inputs, storing: NOT_STORED } };
    }
    case 'kept/discarded':
      return { ...session, keeping: without(keeping, action.id) };
    case 'kept/problem':
      return { ...session, keeping: { ...keeping, problem: action.message } };
    case 'outcome/discarded':
      return { ...session, outcome: null, keeping: { ...keeping, problem: null } };
  }
}

/** The offers, with the result that is shown and not stored: another one is about to take its place. */
export function setAside({ keeping, outcome }: Session): Keeping {
  const kept = outcome && outcome.storing.phase !== 'stored' ? summaryOf(outcome) : null;
  return kept ? { ...keeping, offers: added(keeping.offers, [kept]) } : keeping;
}

/** A result of which a part may be in the archive already; it must be stored or discarded in the open. */
export function isHalfStored({ storing }: Outcome): boolean {
  return storing.phase === 'failed';
}

function added(offers: readonly KeptSummary[], more: readonly KeptSummary[]): KeptSummary[] {
  return [...new Map([...offers, ...more].map((kept) => [kept.id, kept])).values()];
}

function without(keeping: Keeping, id: string): Keeping {
  return { ...keeping, offers: keeping.offers.filter((kept) => kept.id !== id) };
}

/** null for a result without objects, which nobody could store. */
export function idOf({ result }: Pick<Outcome, 'result'>): string | null {
  return result.objects.find(({ kind }) => kind === 'SR')?.sopInstanceUid ?? null;
}

export function summaryOf(outcome: Pick<Outcome, 'result'>): KeptSummary | null {
  const id = idOf(outcome);
  const { startedAt, model } = outcome.result.provenance;
  return id === null ? null : { id, startedAt, modelName: model.name };
}

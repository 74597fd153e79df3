import type {
  AnalysisResult,
  RegistrationCheck,
  RegistrationReview,
} from '../../../src/chain/analysis';
import { idOf } from './keeping';
import type { Session } from './session';

/** What a person can say of a registration. */
export type Decision = Extract<RegistrationReview, 'accepted' | 'rejected'>;

/** The registrations that can be looked at; kept in memory only. */
export interface Reviews {
  /** Of the run under way, from the end of its registration on. */
  readonly ofRun: { readonly check: RegistrationCheck; readonly decision: Decision | null } | null;
  /** Of the last results; what was decided stands in them. */
  readonly ofOutcome: {
    readonly check: RegistrationCheck;
    /** `idOf` the results: another one may be on the screen. */
    readonly resultId: string | null;
    /** True once a report has been sent: what it says of the registration then stands. */
    readonly sent: boolean;
  } | null;
}

export const NO_REVIEWS: Reviews = { ofRun: null, ofOutcome: null };

export type ReviewAction =
  | { readonly type: 'review/ready'; readonly check: RegistrationCheck }
  | { readonly type: 'review/decided'; readonly decision: Decision };

/** The registration that the panel shows: that of the run under way, else that of the results. */
export interface ShownReview {
  readonly check: RegistrationCheck;
  readonly review: RegistrationReview;
  /** True once a report has been sent: what it says of the registration then stands. */
  readonly locked: boolean;
}

export function shownReview({ run, reviews, outcome }: Session): ShownReview | null {
  if (run.phase === 'running' && reviews.ofRun) {
    const { check, decision } = reviews.ofRun;
    return { check, review: decision ?? check.summary.review, locked: false };
  }
  if (!outcome || reviews.ofOutcome?.resultId !== idOf(outcome)) return null;
  const { check, sent } = reviews.ofOutcome;
  return { check, review: outcome.result.registration.review, locked: sent };
}

export function reduceReview(session: Session, action: ReviewAction): Session {
  const { run, reviews, outcome } = session;
  if (action.type === 'review/ready') {
    if (run.phase !== 'running') return session;
    return { ...session, reviews: { ...reviews, ofRun: { check: action.check, decision: null } } };
  }
  if (shownReview(session)?.locked !== false) return session;
  if (run.phase === 'running' && reviews.ofRun) {
    const ofRun = { ...reviews.ofRun, decision: action.decision };
    return { ...session, reviews: { ...reviews, ofRun } };
  }
  if (!outcome) return session;
  return {
    ...session,
    outcome: { ...outcome, result: reviewed(outcome.result, action.decision) },
  };
}

/** The run has ended: its registration becomes that of the results. */
export function withOutcomeReview(session: Session): Session {
  const { outcome, reviews } = session;
  const { check = null, decision = null } = reviews.ofRun ?? {};
  const result = outcome && decision ? reviewed(outcome.result, decision) : outcome?.result;
  return {
    ...session,
    outcome: outcome && result ? { ...outcome, result } : outcome,
    reviews: {
      ofRun: null,
      ofOutcome: outcome && check && { check, resultId: idOf(outcome), sent: false },
    },
  };
}

/** The report is on its way: nothing changes what it says any more. */
export function withReportSent(session: Session): Session {
  const { ofOutcome } = session.reviews;
  if (!ofOutcome) return session;
  return { ...session, reviews: { ...session.reviews, ofOutcome: { ...ofOutcome, sent: true } } };
}

/**
 * The result with what a person said of its registration, in its report too, whose UIDs stay. The
 * scanner geometry was chosen before the analysis, so accepting it changes nothing.
 */
export function reviewed(result: AnalysisResult, decision: Decision): AnalysisResult {
  const { registration, objects, acceptedReport } = result;
  if (decision === 'rejected') {
    return { ...result, registration: { ...registration, review: 'rejected' } };
  }
  if (!acceptedReport) return result;
  return {
    ...result,
    registration: { ...registration, review: 'accepted' },
    objects: objects.map((object) => (object.kind === 'SR' ? acceptedReport : object)),
  };
}

import { useRef } from 'react';
import { shownReview } from '../../services/reviewing';
import { isUnsaved, type Session } from '../../services/session';
import { Message } from './Message';
import { goToReview } from './RegistrationReview';
import { StageList } from './StageList';
import type { SetupSectionProps } from './SeriesSection';

export function AnalyseSection({ service, session }: Omit<SetupSectionProps, 'disabled'>) {
  const { run, refusal, outcome } = session;
  const study = session.facts.studyInstanceUid;
  const running = run.phase === 'running';
  const analyse = useRef<HTMLButtonElement>(null);
  return (
    <section className="sts-analyse" aria-label="Analysis">
      <div className="sts-buttons">
        <button
          ref={analyse}
          type="button"
          className="sts-button sts-primary"
          data-testid="sts-analyse"
          // Stays focusable while it waits, so that the focus is not lost when a run starts.
          aria-disabled={running}
          onClick={() => {
            if (!running) void service.analyse(study);
          }}
        >
          {analyseLabel(running, outcome !== null)}
        </button>
        {running && (
          <button
            type="button"
            className="sts-button"
            data-testid="sts-cancel"
            disabled={run.cancelling}
            onClick={() => {
              analyse.current?.focus();
              service.cancel(study);
            }}
          >
            {run.cancelling ? 'Cancelling…' : 'Cancel'}
          </button>
        )}
      </div>
      {session.readOnly && !running && !(outcome && isUnsaved(outcome)) && (
        <Message tone="info" testId="sts-read-only-before">
          {session.readOnly}
        </Message>
      )}
      {refusal && (
        <Message tone="error" testId="sts-error" urgent>
          {refusal}
        </Message>
      )}
      {run.phase === 'failed' && (
        <Message tone="error" testId="sts-error" urgent>
          {run.message}
        </Message>
      )}
      {notRegistered(session) && (
        <button
          type="button"
          className="sts-link"
          data-testid="sts-use-geometry"
          onClick={() => void service.analyseAgain(study, 'identity')}
        >
          Analyse with the scanner’s positions instead
        </button>
      )}
      {run.phase === 'cancelled' && <Message tone="info">Cancelled. Nothing was changed.</Message>}
      {running && shownReview(session)?.review === 'notReviewed' && (
        <button type="button" className="sts-link" onClick={goToReview}>
          Check the registration while the analysis goes on
        </button>
      )}
      <StageList run={run} />
    </section>
  );
}

/** The search has failed, so that there is no registration that could be rejected for the identity. */
function notRegistered({ run, setup }: Session): boolean {
  if (run.phase !== 'failed' || setup.registration === 'identity') return false;
  return run.stages.register.state.state === 'failed';
}

function analyseLabel(running: boolean, hasResult: boolean): string {
  if (running) return 'Analysing…';
  return hasResult ? 'Analyse again' : 'Analyse';
}

import { useRef } from 'react';
import { shownReview } from '../../services/reviewing';
import { isUnsaved } from '../../services/session';
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

function analyseLabel(running: boolean, hasResult: boolean): string {
  if (running) return 'Analysing…';
  return hasResult ? 'Analyse again' : 'Analyse';
}

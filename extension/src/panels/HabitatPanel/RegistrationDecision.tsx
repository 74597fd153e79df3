import { useEffect, useRef, useState } from 'react';
import type { ShownReview } from '../../services/reviewing';
import { Message } from './Message';
import type { ReviewProps } from './RegistrationReview';

type DecisionProps = ReviewProps & { readonly shown: ShownReview };

const STANDS = 'The report that was sent says so. Analyse again to change it.';

/** Accept or reject, and what to do after a rejection. */
export function RegistrationDecision(props: DecisionProps) {
  const { service, session, shown } = props;
  const { review, locked } = shown;
  const study = session.facts.studyInstanceUid;
  const [rejecting, setRejecting] = useState(false);
  if (locked)
    return (
      <p className="sts-muted">
        {SENTENCES[review]} {STANDS}
      </p>
    );
  if (rejecting) return <AfterRejection {...props} onBack={() => setRejecting(false)} />;
  return (
    <>
      {review === 'rejected' ? (
        <Message tone="caution">{SENTENCES.rejected}</Message>
      ) : (
        <p className="sts-muted">{SENTENCES[review]}</p>
      )}
      <div className="sts-buttons">
        {review === 'identityByChoice' ? (
          <button
            type="button"
            className="sts-button"
            onClick={() => void service.analyseAgain(study, 'model')}
          >
            Register again
          </button>
        ) : (
          <button
            type="button"
            className="sts-button sts-primary"
            data-testid="sts-review-accept"
            aria-disabled={review === 'accepted'}
            onClick={() => service.review(study, 'accepted')}
          >
            {review === 'accepted' ? 'Accepted' : 'Accept'}
          </button>
        )}
        <button
          type="button"
          className="sts-button"
          data-testid="sts-review-reject"
          onClick={() => setRejecting(true)}
        >
          Reject…
        </button>
      </div>
    </>
  );
}

const SENTENCES: Readonly<Record<ShownReview['review'], string>> = {
  notReviewed:
    'Do edges run on from field to field, and does the outline fit both series? Without an answer the report says “not reviewed”.',
  accepted: 'You accepted this registration.',
  rejected: 'You rejected this registration: results from it are not stored.',
  identityByChoice: 'The scanner’s positions by your choice; the report says so.',
};

function AfterRejection({
  service,
  session,
  shown,
  onBack,
}: DecisionProps & { readonly onBack: () => void }) {
  const study = session.facts.studyInstanceUid;
  const running = session.run.phase === 'running';
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const { sameFrame, summary } = shown.check;
  const again = (registration: 'model' | 'identity'): void => {
    onBack();
    void service.analyseAgain(study, registration);
  };
  return (
    <div
      className="sts-review-rejection"
      role="group"
      aria-label="The registration is rejected"
      onKeyDown={({ key }) => {
        if (key === 'Escape') onBack();
      }}
    >
      {summary.applied && (
        <Choice
          reference={first}
          testId="sts-review-identity"
          disabled={!sameFrame}
          title="Use scanner geometry"
          note={
            sameFrame
              ? 'Analyse again with the positions as the scanner gives them.'
              : 'Not possible: the series have different frames of reference.'
          }
          onChoose={() => again('identity')}
        />
      )}
      <Choice
        reference={summary.applied ? undefined : first}
        testId="sts-review-again"
        title="Run again"
        note="The search is the same each time: choose other series or another contour above first."
        onChoose={() => again('model')}
      />
      <Choice
        testId="sts-review-stop"
        title="Stop"
        note={
          running ? 'Cancel the analysis.' : 'Keep the results on the screen; they are not stored.'
        }
        onChoose={() => {
          service.review(study, 'rejected');
          if (running) service.cancel(study);
          onBack();
        }}
      />
      <button type="button" className="sts-link" onClick={onBack}>
        Back
      </button>
    </div>
  );
}

interface ChoiceProps {
  readonly title: string;
  readonly note: string;
  readonly testId: string;
  readonly disabled?: boolean;
  readonly reference?: React.RefObject<HTMLButtonElement> | undefined;
  readonly onChoose: () => void;
}

function Choice({ title, note, testId, disabled = false, reference, onChoose }: ChoiceProps) {
  return (
    <button
      ref={reference}
      type="button"
      className="sts-choice"
      data-testid={testId}
      aria-disabled={disabled}
      onClick={() => {
        if (!disabled) onChoose();
      }}
    >
      <strong>{title}</strong>
      <span className="sts-muted">{note}</span>
    </button>
  );
}

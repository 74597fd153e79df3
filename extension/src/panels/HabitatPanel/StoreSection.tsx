import type { RegistrationReview } from '../../../../src/chain/analysis';
import type { ObjectKind, ObjectState } from '../../services/storing';
import type { ReportIdentity } from '../../../../src/dicom/sr/reportIdentity';
import { idOf } from '../../services/keeping';
import { shownReview } from '../../services/reviewing';
import { isUnsaved } from '../../services/session';
import { DiscardButton } from './DiscardButton';
import { dicomTime } from './format';
import { Icon } from './Icon';
import { Message } from './Message';
import { goToReview } from './RegistrationReview';
import { Section } from './Section';
import type { ResultsProps } from './ResultsSection';

const NAMES: Readonly<Record<ObjectKind, string>> = {
  SEG: 'Segmentation (SEG)',
  SR: 'Structured report (SR)',
};

const STATES: Readonly<Record<ObjectState['state'], string>> = {
  waiting: 'not stored',
  sending: 'sending…',
  sent: 'sent',
  readBack: 'read back…',
  verified: 'verified',
  failed: 'failed',
};

export function StoreSection({ service, session, outcome }: ResultsProps) {
  const { storing, archive } = outcome;
  const study = session.facts.studyInstanceUid;
  const id = isUnsaved(outcome) ? idOf(outcome) : null;
  const readOnly = isUnsaved(outcome) ? session.readOnly : null;
  return (
    <Section title="Store">
      <ul className="sts-objects">
        {outcome.result.objects.map(({ kind }) => (
          <ObjectRow key={kind} kind={kind} state={storing.objects[kind]} />
        ))}
      </ul>
      <ReviewNote
        review={outcome.result.registration.review}
        phase={storing.phase}
        canLook={shownReview(session) !== null}
      />
      {storing.phase === 'failed' && storing.message && (
        <Message tone="error" testId="sts-error" urgent>
          {storing.message} The results are kept here.
        </Message>
      )}
      {storing.phase === 'stored' && (
        <p className="sts-muted" data-testid="sts-stored-state">
          {archive ? fromArchive(archive.identity) : STORED_NOW}
        </p>
      )}
      {readOnly && (
        <Message tone="info" testId="sts-read-only">
          {readOnly}{' '}
          <button
            type="button"
            className="sts-link"
            onClick={() => void service.storage.checkAccess(study)}
          >
            Check again
          </button>
        </Message>
      )}
      {id !== null && session.keeping.problem && (
        <Message tone="caution" testId="sts-keep-problem">
          {session.keeping.problem}
        </Message>
      )}
      <div className="sts-buttons">
        <StoreButton
          phase={storing.phase}
          refused={readOnly}
          onStore={() => void service.storage.store(study)}
        />
        <button
          type="button"
          className="sts-button"
          data-testid="sts-download"
          onClick={() => service.storage.download(study)}
        >
          Download
        </button>
        {id !== null && storing.phase !== 'storing' && (
          <DiscardButton
            testId="sts-discard"
            onDiscard={() => void service.storage.discard(study, id)}
          />
        )}
      </div>
    </Section>
  );
}

const STORED_NOW = 'Stored in the archive: both objects were read back and are equal.';

function fromArchive({ writtenAt }: ReportIdentity): string {
  const when = dicomTime(writtenAt);
  return `Stored in the archive${when ? ` on ${when}` : ''}, read from there and not computed again.`;
}

/** What the report will say of the registration, as long as that can still be changed. */
function ReviewNote({
  review,
  phase,
  canLook,
}: {
  readonly canLook: boolean;
  readonly review: RegistrationReview;
  readonly phase: ResultsProps['outcome']['storing']['phase'];
}) {
  if (phase !== 'idle' || (review !== 'notReviewed' && review !== 'rejected')) return null;
  return (
    <Message tone="caution" testId="sts-store-review">
      {review === 'rejected'
        ? 'You rejected the registration: these results are not stored.'
        : 'The registration was not reviewed; the report will say so.'}{' '}
      {canLook && (
        <button type="button" className="sts-link" onClick={goToReview}>
          Check it
        </button>
      )}
    </Message>
  );
}

interface StoreButtonProps {
  readonly phase: ResultsProps['outcome']['storing']['phase'];
  /** Why it cannot be stored. */
  readonly refused: string | null;
  readonly onStore: () => void;
}

function StoreButton({ phase, refused, onStore }: StoreButtonProps) {
  const busy = phase === 'storing' || phase === 'stored' || refused !== null;
  const labels = { idle: 'Store to PACS', storing: 'Storing…', failed: 'Retry', stored: 'Stored' };
  return (
    <button
      type="button"
      className="sts-button sts-primary"
      data-testid={phase === 'failed' ? 'sts-retry' : 'sts-store'}
      data-phase={phase}
      aria-disabled={busy}
      title={refused ?? undefined}
      onClick={() => {
        if (!busy) onStore();
      }}
    >
      {labels[phase]}
    </button>
  );
}

function ObjectRow({ kind, state }: { readonly kind: ObjectKind; readonly state: ObjectState }) {
  return (
    <li data-testid={`sts-object-${kind}`} data-state={state.state}>
      <ObjectMark state={state.state} />
      <span>{NAMES[kind]}</span>
      <span className="sts-object-state">{STATES[state.state]}</span>
    </li>
  );
}

function ObjectMark({ state }: { readonly state: ObjectState['state'] }) {
  if (state === 'verified') return <Icon name="done" />;
  if (state === 'failed') return <Icon name="failed" />;
  const dot = state === 'waiting' ? 'waiting' : 'running';
  return <span className={`sts-dot sts-dot-${dot}`} aria-hidden="true" />;
}

import type { ObjectKind, ObjectState } from '../../services/storing';
import { Icon } from './Icon';
import { Message } from './Message';
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
  const { storing } = outcome;
  const study = session.facts.studyInstanceUid;
  return (
    <Section title="Store">
      <ul className="sts-objects">
        {outcome.result.objects.map(({ kind }) => (
          <ObjectRow key={kind} kind={kind} state={storing.objects[kind]} />
        ))}
      </ul>
      {storing.phase === 'failed' && storing.message && (
        <Message tone="error" testId="sts-error" urgent>
          {storing.message} The results are kept here.
        </Message>
      )}
      {storing.phase === 'stored' && (
        <p className="sts-muted">Both objects were read back from the archive and are equal.</p>
      )}
      <div className="sts-buttons">
        <StoreButton phase={storing.phase} onStore={() => void service.store(study)} />
        <button
          type="button"
          className="sts-button"
          data-testid="sts-download"
          onClick={() => service.download(study)}
        >
          Download
        </button>
      </div>
    </Section>
  );
}

interface StoreButtonProps {
  readonly phase: ResultsProps['outcome']['storing']['phase'];
  readonly onStore: () => void;
}

function StoreButton({ phase, onStore }: StoreButtonProps) {
  const busy = phase === 'storing' || phase === 'stored';
  const labels = { idle: 'Store to PACS', storing: 'Storing…', failed: 'Retry', stored: 'Stored' };
  return (
    <button
      type="button"
      className="sts-button sts-primary"
      data-testid={phase === 'failed' ? 'sts-retry' : 'sts-store'}
      data-phase={phase}
      aria-disabled={busy}
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

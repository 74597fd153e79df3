import { useRef } from 'react';
import type { LoadedModel } from '../../services/session';
import { Message } from './Message';
import { Section } from './Section';
import type { SetupSectionProps } from './SeriesSection';

export function ModelSection({ service, session, disabled }: SetupSectionProps) {
  const { current, loading, refusal } = session.model;
  const file = useRef<HTMLInputElement>(null);
  const study = session.facts.studyInstanceUid;
  return (
    <Section
      title="Model"
      aside={
        <button
          type="button"
          className="sts-link"
          disabled={disabled || loading}
          onClick={() => file.current?.click()}
        >
          Load model file…
        </button>
      }
    >
      <input
        ref={file}
        className="sts-visually-hidden"
        type="file"
        accept=".json,application/json"
        aria-label="Model file"
        data-testid="sts-model"
        tabIndex={-1}
        disabled={disabled}
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen) void service.loadModel(study, chosen);
          // The same file may be chosen again after it was corrected.
          target.value = '';
        }}
      />
      {current ? (
        <ModelCard loaded={current} />
      ) : (
        <p className="sts-muted">{loading ? 'Loading…' : 'None'}</p>
      )}
      {refusal && (
        <Message tone="error" testId="sts-model-refusal" urgent>
          {refusal}
        </Message>
      )}
    </Section>
  );
}

const STATUS = {
  demonstration: 'Demonstration',
  trained: 'Trained, not validated elsewhere',
  externallyValidated: 'Externally validated',
} as const;

function ModelCard({ loaded: { model, origin } }: { readonly loaded: LoadedModel }) {
  return (
    <div className="sts-model-card">
      <p>
        <strong>{model.name}</strong> <span className="sts-muted">{model.version}</span>{' '}
        <span className={`sts-badge sts-badge-${model.status}`}>{STATUS[model.status]}</span>
      </p>
      <p className="sts-muted sts-ellipsis" title={origin}>
        {model.training.patients} patients, {model.training.events} events; {model.endpoint}
      </p>
    </div>
  );
}

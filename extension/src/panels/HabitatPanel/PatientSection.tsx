import { Field } from './Field';
import { Section } from './Section';
import type { SetupSectionProps } from './SeriesSection';

export function PatientSection(props: SetupSectionProps) {
  return (
    <Section title="Patient and scanner">
      <AgeField {...props} />
      <BatchField {...props} />
    </Section>
  );
}

function AgeField({ service, session, disabled }: SetupSectionProps) {
  const { facts, setup } = session;
  const missing = facts.age === null && setup.age.trim() === '';
  return (
    <Field
      label="Age"
      hint={
        missing ? 'The study does not say how old the patient was: enter the age in years.' : null
      }
    >
      {(ids) => (
        <span className="sts-with-unit">
          <input
            {...ids}
            data-testid="sts-age"
            type="text"
            inputMode="decimal"
            autoComplete="off"
            disabled={disabled}
            aria-invalid={missing}
            value={setup.age}
            onChange={({ target }) =>
              service
                .session(facts.studyInstanceUid)
                .dispatch({ type: 'age/typed', text: target.value })
            }
          />
          <span>
            years{setup.ageOrigin === 'study' && setup.age !== '' ? ', from the study' : ''}
          </span>
        </span>
      )}
    </Field>
  );
}

function BatchField({ service, session, disabled }: SetupSectionProps) {
  const { facts, model, setup } = session;
  const batches = Object.keys(model.current?.model.combat?.batches ?? {});
  const unused = batches.length === 0;
  return (
    <Field label="Scanner">
      {(ids) => (
        <select
          {...ids}
          data-testid="sts-batch"
          disabled={disabled || unused}
          value={setup.batch ?? ''}
          onChange={({ target }) =>
            service
              .session(facts.studyInstanceUid)
              .dispatch({ type: 'batch/chosen', batch: target.value || null })
          }
        >
          <option value="">{unused ? 'Not used by this model' : 'Not in the training data'}</option>
          {batches.map((batch) => (
            <option key={batch} value={batch}>
              {batch}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

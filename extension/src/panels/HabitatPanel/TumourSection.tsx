import type { TumourChoice } from '../../services/session';
import { Field } from './Field';
import { Section } from './Section';
import type { SetupSectionProps } from './SeriesSection';

export function TumourSection({ service, session, disabled }: SetupSectionProps) {
  const { facts, setup } = session;
  const inViewer = facts.tumours.filter(({ source }) => source.kind === 'viewer');
  const inStudy = facts.tumours.filter(({ source }) => source.kind !== 'viewer');
  return (
    <Section
      title="Tumour"
      aside={
        <button
          type="button"
          className="sts-link"
          disabled={disabled}
          onClick={() => void service.startDrawing(facts.studyInstanceUid)}
        >
          Draw it…
        </button>
      }
    >
      <Field label="Contour" hint={facts.tumours.length === 0 ? NO_TUMOUR : null}>
        {(ids) => (
          <select
            {...ids}
            data-testid="sts-tumour"
            disabled={disabled || facts.tumours.length === 0}
            value={setup.tumourId ?? ''}
            onChange={({ target }) =>
              service
                .session(facts.studyInstanceUid)
                .dispatch({ type: 'tumour/chosen', id: target.value || null })
            }
          >
            {setup.tumourId === null && <option value="">None</option>}
            <Choices label="Stored in the study" choices={inStudy} />
            <Choices label="In the viewer, with your edits" choices={inViewer} />
          </select>
        )}
      </Field>
    </Section>
  );
}

const NO_TUMOUR =
  'The study has no tumour contour. Draw the tumour on FS-T2WI with the segmentation tools; it appears here.';

function Choices({
  label,
  choices,
}: {
  readonly label: string;
  readonly choices: readonly TumourChoice[];
}) {
  if (choices.length === 0) return null;
  return (
    <optgroup label={label}>
      {choices.map((choice) => (
        <option key={choice.id} value={choice.id}>
          {choice.label}
        </option>
      ))}
    </optgroup>
  );
}

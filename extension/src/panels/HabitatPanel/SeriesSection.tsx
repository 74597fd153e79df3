import type { HabitatRunService } from '../../services/HabitatRunService';
import type { Session } from '../../services/session';
import { roleDoubts, rolesProblem } from '../../services/buildRequest';
import { SEQUENCE_LABELS } from '../../../../src/dicom/seriesRoles';
import type { SeriesDescriptor } from '../../../../src/dicom/sequenceSigns';
import { SEQUENCES } from '../../../../src/model/schema';
import { Field } from './Field';
import { Message } from './Message';
import { Section } from './Section';

export interface SetupSectionProps {
  readonly service: HabitatRunService;
  readonly session: Session;
  readonly disabled: boolean;
}

export function SeriesSection({ service, session, disabled }: SetupSectionProps) {
  const { facts, setup } = session;
  const problem = rolesProblem(session);
  const doubts = roleDoubts(session);
  return (
    <Section title="Series">
      {SEQUENCES.map((sequence) => (
        <Field key={sequence} label={SEQUENCE_LABELS[sequence]}>
          {(ids) => (
            <select
              {...ids}
              data-testid={`sts-${sequence}`}
              disabled={disabled}
              aria-invalid={problem !== null}
              value={setup.roles[sequence] ?? ''}
              onChange={({ target }) =>
                service.chooseSeries(facts.studyInstanceUid, sequence, target.value || null)
              }
            >
              <option value="">Choose a series…</option>
              {facts.series.map((series) => (
                <option key={series.seriesInstanceUid} value={series.seriesInstanceUid}>
                  {seriesLabel(series)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ))}
      {problem === null &&
        doubts.map((doubt) => (
          <Message key={doubt} tone="caution" testId="sts-series-doubt">
            {doubt}
          </Message>
        ))}
      {problem && facts.series.length > 0 && (
        <Message tone="caution" testId="sts-series-problem">
          {problem}
        </Message>
      )}
    </Section>
  );
}

function seriesLabel({ description, images, modality }: SeriesDescriptor): string {
  const name = description || 'No description';
  const kind = modality === 'MR' ? '' : `${modality}, `;
  return `${name} (${kind}${images} images)`;
}

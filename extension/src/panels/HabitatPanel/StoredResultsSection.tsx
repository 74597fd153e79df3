import type { ReportIdentity } from '../../../../src/dicom/sr/reportIdentity';
import { mayShowStored } from '../../services/archiving';
import { idOf } from '../../services/keeping';
import { isUnsaved } from '../../services/session';
import { Field } from './Field';
import { dicomTime } from './format';
import { Message } from './Message';
import { Section } from './Section';
import type { SetupSectionProps } from './SeriesSection';

export interface StoredResultsProps extends SetupSectionProps {
  /** Brings the results into view. */
  readonly onLook: () => void;
}

/** What the archive holds already: which result is shown, and the choice between several. */
export function StoredResultsSection({ service, session, disabled, onLook }: StoredResultsProps) {
  const { facts, outcome, opening } = session;
  const study = facts.studyInstanceUid;
  const newest = facts.reports.at(0);
  if (!newest) return null;
  // Also a result that was stored a moment ago, once the viewer lists it.
  const shown = outcome && !isUnsaved(outcome) ? idOf(outcome) : null;
  const open = (uid: string): void => void service.storage.open(study, uid);
  return (
    <Section
      title="Stored in the archive"
      testId="sts-stored-results"
      aside={
        shown !== null && (
          <button type="button" className="sts-link" onClick={onLook}>
            Go to the result
          </button>
        )
      }
    >
      <Field label="Result" hint={mayShowStored(session) ? null : UNSAVED}>
        {(ids) => (
          <select
            {...ids}
            data-testid="sts-stored"
            disabled={disabled || !mayShowStored(session)}
            value={opening?.uid ?? shown ?? ''}
            onChange={({ target }) => {
              if (target.value) open(target.value);
            }}
          >
            {shown === null && opening === null && <option value="">None is shown</option>}
            {facts.reports.map((report, index) => (
              <option key={report.sopInstanceUid} value={report.sopInstanceUid}>
                {label(report)}
                {index === 0 && facts.reports.length > 1 ? ', newest' : ''}
              </option>
            ))}
          </select>
        )}
      </Field>
      {opening?.state === 'opening' && <p className="sts-muted">Opening the stored result…</p>}
      {opening?.state === 'failed' && (
        <Message tone="error" testId="sts-stored-error">
          {opening.message}{' '}
          <button type="button" className="sts-link" onClick={() => open(opening.uid)}>
            Try again
          </button>
        </Message>
      )}
    </Section>
  );
}

const UNSAVED = 'A new result is not stored yet: store or discard it to see an earlier one.';

function label({ writtenAt, modelName, modelVersion }: ReportIdentity): string {
  const model = [modelName, modelVersion].filter(Boolean).join(' ');
  return [dicomTime(writtenAt) || 'Without a date', model].filter(Boolean).join(' · ');
}

import type { ReportIdentity } from '../../../../src/dicom/sr/reportIdentity';
import type { KeptSummary } from '../../services/keeping';
import { DiscardButton } from './DiscardButton';
import { localTime } from './format';
import { Message } from './Message';
import type { SetupSectionProps } from './SeriesSection';

/** Results that a closed or crashed tab left behind: nothing is lost, and nothing is stored unasked. */
export function KeptOffers({ service, session, disabled }: SetupSectionProps) {
  const { facts, keeping, readOnly, outcome } = session;
  const study = facts.studyInstanceUid;
  const busy = disabled || outcome?.storing.phase === 'storing';
  return (
    <>
      {keeping.offers.map((kept) => (
        <Message key={kept.id} tone="caution" testId="sts-kept" urgent>
          <p>{sentence(kept, facts.reports)}</p>
          <div className="sts-buttons sts-buttons-small">
            <button
              type="button"
              className="sts-button"
              data-testid="sts-kept-show"
              disabled={busy}
              onClick={() => void service.storage.restore(study, kept.id)}
            >
              Show
            </button>
            <button
              type="button"
              className="sts-button"
              data-testid="sts-kept-store"
              disabled={busy || readOnly !== null}
              title={readOnly ?? undefined}
              onClick={() => void service.storage.storeKept(study, kept.id)}
            >
              Store
            </button>
            <button
              type="button"
              className="sts-button"
              data-testid="sts-kept-download"
              onClick={() => void service.storage.downloadKept(study, kept.id)}
            >
              Download
            </button>
            <DiscardButton
              testId="sts-kept-discard"
              onDiscard={() => void service.storage.discard(study, kept.id)}
            />
          </div>
        </Message>
      ))}
    </>
  );
}

function sentence(
  { id, startedAt, modelName }: KeptSummary,
  reports: readonly ReportIdentity[],
): string {
  const what = `A finished result of ${localTime(startedAt)} with the model ${modelName}`;
  // The answer of the archive was lost with the tab.
  return reports.some(({ sopInstanceUid }) => sopInstanceUid === id)
    ? `${what} was sent, but the archive has not confirmed it: Store compares it, and sends nothing twice.`
    : `${what} has not been stored.`;
}

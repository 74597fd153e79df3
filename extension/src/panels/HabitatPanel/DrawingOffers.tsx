import type { DrawingSummary } from '../../services/drawings';
import { DiscardButton } from './DiscardButton';
import { localTime } from './format';
import { Message } from './Message';
import type { SetupSectionProps } from './SeriesSection';

/** Tumours that were drawn in a tab that is gone, and are in no stored result. */
export function DrawingOffers({ service, session, disabled }: SetupSectionProps) {
  const { facts, drawings } = session;
  const study = facts.studyInstanceUid;
  return (
    <>
      {drawings.offers.map((offer) => (
        <Message key={offer.id} tone="caution" testId="sts-drawing" urgent>
          <p>{sentence(offer)}</p>
          <div className="sts-buttons sts-buttons-small">
            <button
              type="button"
              className="sts-button"
              data-testid="sts-drawing-restore"
              disabled={disabled}
              onClick={() => void service.drawings.restore(study, offer.id)}
            >
              Restore
            </button>
            <DiscardButton
              testId="sts-drawing-discard"
              what="the drawing"
              onDiscard={() => void service.drawings.discard(study, offer.id)}
            />
          </div>
        </Message>
      ))}
      {drawings.problem && (
        <Message tone="caution" testId="sts-drawing-problem">
          {drawings.problem}
        </Message>
      )}
    </>
  );
}

function sentence({ label, seriesDescription, drawnAt }: DrawingSummary): string {
  return `A contour “${label}”, drawn on ${seriesDescription} until ${localTime(drawnAt)}, is in no stored result.`;
}

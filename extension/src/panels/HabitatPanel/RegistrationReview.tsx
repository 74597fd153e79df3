import { useEffect, useState } from 'react';
import type { RegistrationReview as Review } from '../../../../src/chain/analysis';
import { shownReview, type ShownReview } from '../../services/reviewing';
import { Icon } from './Icon';
import { scrollPanelTo } from './scrollPanelTo';
import { RegistrationControls } from './RegistrationControls';
import { RegistrationDecision } from './RegistrationDecision';
import { RegistrationNumbers } from './RegistrationNumbers';
import { RegistrationPicture } from './RegistrationPicture';
import type { SetupSectionProps } from './SeriesSection';
import { StoredRegistration } from './StoredRegistration';
import { useObserved } from './useSession';

const SUMMARY_ID = 'sts-review-summary';

/** Opens the step and brings it into view, with the focus, as a link on the same page does. */
export function goToReview(): void {
  const summary = document.getElementById(SUMMARY_ID);
  const step = summary?.closest('details');
  if (!summary || !step) return;
  step.open = true;
  summary.focus({ preventScroll: true });
  scrollPanelTo(summary);
}

export type ReviewProps = Omit<SetupSectionProps, 'disabled'>;

const SAID: Readonly<Record<Review, string>> = {
  notReviewed: 'not reviewed',
  accepted: 'accepted',
  rejected: 'rejected',
  identityByChoice: 'scanner geometry',
};

/** The step in which a person looks at the registration and accepts or rejects it. */
export function RegistrationReview({ service, session }: ReviewProps) {
  const study = session.facts.studyInstanceUid;
  const shown = shownReview(session);
  // The picture and the viewports show one study at a time: the one on screen.
  useEffect(() => service.showReview(study), [service, study]);
  if (!shown) return session.outcome?.archive ? <StoredRegistration /> : null;
  return <Step key={shown.check.summary.matrix.join()} {...{ service, session, shown }} />;
}

function Step({ service, session, shown }: ReviewProps & { readonly shown: ShownReview }) {
  const { check, review } = shown;
  const [open, setOpen] = useState(review !== 'accepted');
  // What was accepted makes room for the results; it opens again with a click.
  useEffect(() => setOpen(review !== 'accepted'), [review]);
  return (
    <details
      className="sts-section sts-review"
      data-testid="sts-review"
      data-review={review}
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary id={SUMMARY_ID}>
        <h2>Check registration</h2>
        <span className={`sts-badge sts-review-${review}`} data-testid="sts-review-state">
          {SAID[review]}
        </span>
      </summary>
      {open && (
        <div className="sts-section-body">
          <Looking service={service} />
          <RegistrationNumbers check={check} />
          {check.flags.length > 0 && (
            <ul className="sts-cautions" data-testid="sts-review-flags">
              {check.flags.map(({ code, message }) => (
                <li key={code}>
                  <Icon name="caution" />
                  <span>{message}</span>
                </li>
              ))}
            </ul>
          )}
          <RegistrationDecision {...{ service, session, shown }} />
        </div>
      )}
    </details>
  );
}

function Looking({ service }: Pick<ReviewProps, 'service'>) {
  const view = service.reviewView;
  const state = useObserved(view);
  useEffect(() => {
    view.dispatch({ type: 'opened', open: true });
    return () => view.dispatch({ type: 'opened', open: false });
  }, [view]);
  if (!state.check) return null;
  return (
    <>
      <RegistrationPicture view={view} state={state} check={state.check} />
      <RegistrationControls view={view} state={state} check={state.check} />
    </>
  );
}

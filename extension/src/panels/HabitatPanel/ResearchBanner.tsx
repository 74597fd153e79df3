import type { ModelState } from '../../services/session';
import { Icon } from './Icon';

/** First thing in the panel, always visible: what this is, and whose numbers it shows. */
export function ResearchBanner({ model }: { readonly model: ModelState }) {
  const current = model.current?.model;
  return (
    <aside className="sts-banner" aria-label="Research use only">
      <Icon name="caution" />
      <div>
        <strong>Research use only. Not a medical device.</strong>
        {current ? (
          <p>
            Model: {current.name}, version {current.version}
          </p>
        ) : (
          <p>{model.loading ? 'Loading the model…' : 'No model is loaded.'}</p>
        )}
        {current?.status === 'demonstration' && (
          <p className="sts-banner-demonstration">
            Demonstration model, trained on simulated patients: its risks mean nothing for a
            patient.
          </p>
        )}
      </div>
    </aside>
  );
}

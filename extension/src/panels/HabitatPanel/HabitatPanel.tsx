import { useEffect, useRef, type RefObject } from 'react';
import type { HabitatRunService } from '../../services/HabitatRunService';
import type { RunState } from '../../services/session';
import { AnalyseSection } from './AnalyseSection';
import { DrawingOffers } from './DrawingOffers';
import { KeptOffers } from './KeptOffers';
import { LiveRegion } from './LiveRegion';
import { ModelSection } from './ModelSection';
import { PatientSection } from './PatientSection';
import { RegistrationReview } from './RegistrationReview';
import { ResearchBanner } from './ResearchBanner';
import { ResultsSection } from './ResultsSection';
import { scrollPanelTo } from './scrollPanelTo';
import { SeriesSection } from './SeriesSection';
import { StoredResultsSection } from './StoredResultsSection';
import { TumourSection } from './TumourSection';
import { useObserved, useSession, type Observed } from './useSession';

/** Brings the results into view at the end of a run that was watched; the focus stays where it is. */
function useScrollToWhenDone(phase: RunState['phase']): RefObject<HTMLDivElement> {
  const target = useRef<HTMLDivElement>(null);
  const previous = useRef(phase);
  useEffect(() => {
    if (previous.current === 'running' && phase === 'done') {
      scrollPanelTo(target.current);
    }
    previous.current = phase;
  }, [phase]);
  return target;
}

export interface HabitatPanelProps {
  readonly service: HabitatRunService;
  /** Study Instance UID of the study on screen; null until its first series has been listed. */
  readonly study: Observed<string | null>;
}

export function HabitatPanel({ service, study }: HabitatPanelProps) {
  const current = useObserved(study);
  return (
    <div className="sts-panel" data-testid="sts-panel">
      {current === null ? (
        <p className="sts-muted sts-empty">Waiting for the study…</p>
      ) : (
        <StudyPanel key={current} service={service} study={current} />
      )}
    </div>
  );
}

/** One column in the order in which it is read: what it is, what goes in, the run, what comes out. */
function StudyPanel({
  service,
  study,
}: {
  readonly service: HabitatRunService;
  readonly study: string;
}) {
  const session = useSession(service, study);
  const results = useScrollToWhenDone(session.run.phase);
  const props = { service, session, disabled: session.run.phase === 'running' };
  return (
    <>
      <ResearchBanner model={session.model} />
      <KeptOffers {...props} />
      <DrawingOffers {...props} />
      <StoredResultsSection {...props} onLook={() => scrollPanelTo(results.current)} />
      <SeriesSection {...props} />
      <TumourSection {...props} />
      <PatientSection {...props} />
      <ModelSection {...props} />
      <AnalyseSection {...props} />
      <RegistrationReview {...props} />
      {session.outcome && (
        <div ref={results}>
          <ResultsSection {...props} outcome={session.outcome} />
        </div>
      )}
      <LiveRegion session={session} />
    </>
  );
}

import { archiveCautions } from '../../services/archiving';
import { inputsOf, type Outcome } from '../../services/session';
import { Cautions } from './Cautions';
import { Contributions } from './Contributions';
import { HabitatTable } from './HabitatTable';
import { Message } from './Message';
import { OverlayControls } from './OverlayControls';
import { ProvenanceDetails } from './ProvenanceDetails';
import { RiskCharts } from './RiskCharts';
import { RiskSummary } from './RiskSummary';
import { Section } from './Section';
import type { SetupSectionProps } from './SeriesSection';
import { StoreSection } from './StoreSection';

export interface ResultsProps extends Omit<SetupSectionProps, 'disabled'> {
  readonly outcome: Outcome;
}

export function ResultsSection(props: ResultsProps) {
  const { outcome, session } = props;
  const { result } = outcome;
  const loaded = session.model.current?.model;
  // A chart of another model than the result's would be wrong without looking so.
  const model = loaded?.hash === result.provenance.model.hash ? loaded : null;
  const outdated = !outcome.archive && outcome.inputs !== inputsOf(session);
  return (
    <div data-testid="sts-results" className="sts-results">
      {outdated && (
        <Message tone="caution">
          The choices above have changed since these results were computed. Analyse again to bring
          them up to date.
        </Message>
      )}
      {archiveCautions(session, outcome).map((sentence) => (
        <Message key={sentence} tone="caution" testId="sts-stored-caution">
          {sentence}
        </Message>
      ))}
      <Section
        title="Habitats"
        aside={<span className="sts-muted">{result.provenance.model.name}</span>}
      >
        <HabitatTable result={result} />
        <OverlayControls {...props} />
      </Section>
      <Section title="Risk of progression">
        <RiskSummary result={result} />
        {model && <RiskCharts result={result} model={model} />}
      </Section>
      <Cautions flags={result.flags} />
      <Contributions contributions={result.prognosis.contributions} />
      <ProvenanceDetails result={result} />
      <StoreSection {...props} />
    </div>
  );
}

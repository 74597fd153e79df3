import { archiveCautions } from '../../services/archiving';
import { inputsOf, type Outcome } from '../../services/session';
import { Cautions } from './Cautions';
import { HabitatTable } from './HabitatTable';
import { Message } from './Message';
import { OverlayControls } from './OverlayControls';
import { ProvenanceDetails } from './ProvenanceDetails';
import { FeatureSection, RiskSection } from './RiskSection';
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
      <RiskSection result={result} model={model} />
      {/* Why there is no score stands where the score would. */}
      <Cautions flags={result.flags.filter(({ code }) => code !== 'RPRS_NOT_EVALUABLE')} />
      <FeatureSection prognosis={result.prognosis} />
      <ProvenanceDetails result={result} />
      <StoreSection {...props} />
    </div>
  );
}

import type { AnalysisResult } from '../../../../src/chain/analysis';
import type { Model } from '../../../../src/model/schema';
import { Contributions } from './Contributions';
import { MeasuredFeatures } from './MeasuredFeatures';
import { Message } from './Message';
import { RiskCharts } from './RiskCharts';
import { RiskSummary } from './RiskSummary';
import { Section } from './Section';

export interface RiskSectionProps {
  readonly result: AnalysisResult;
  /** The model of the result, when it is loaded. */
  readonly model: Model | null;
}

/** The risk, or why there is none. */
export function RiskSection({ result: { prognosis, age }, model }: RiskSectionProps) {
  return (
    <Section title="Risk of progression">
      {prognosis.evaluable ? (
        <>
          <RiskSummary prognosis={prognosis} age={age} />
          {model && <RiskCharts prognosis={prognosis} model={model} />}
        </>
      ) : (
        <Message tone="caution" testId="sts-not-evaluable">
          <strong>RPRS not evaluable: no score, no risk and no group.</strong> {prognosis.reason}
        </Message>
      )}
    </Section>
  );
}

/** What the score was made of, or would have been. */
export function FeatureSection({ prognosis }: Pick<AnalysisResult, 'prognosis'>) {
  return prognosis.evaluable ? (
    <Contributions contributions={prognosis.contributions} />
  ) : (
    <MeasuredFeatures features={prognosis.features} />
  );
}

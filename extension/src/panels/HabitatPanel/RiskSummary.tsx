import type { Score } from '../../../../src/chain/analysis';
import { RiskBars } from '../../charts/RiskBars';
import { score } from './format';

const SCALES = { rprs: 'the RPRS', linearPredictor: 'the linear predictor' } as const;

export interface RiskSummaryProps {
  readonly prognosis: Score;
  /** Years. */
  readonly age: number;
}

export function RiskSummary({ prognosis, age }: RiskSummaryProps) {
  return (
    <>
      <dl className="sts-figures">
        <div>
          <dt>
            <abbr title="Radiomics progression risk score">RPRS</abbr>
          </dt>
          <dd data-testid="sts-rprs">{score(prognosis.rprs)}</dd>
        </div>
        <div>
          <dt>Group</dt>
          <dd data-testid="sts-group" data-group={prognosis.group}>
            {prognosis.group === 'high' ? 'High risk' : 'Low risk'}
          </dd>
        </div>
      </dl>
      <p className="sts-muted">{groupReason(prognosis)}</p>
      <RiskBars risks={prognosis.risks} />
      <p className="sts-muted">
        Probability of progression or death by then, from the RPRS and an age of {age} years. An
        association in the training data, not a cause.
      </p>
    </>
  );
}

function groupReason({ group, cutoff, cutoffScale, rprs, linearPredictor }: Score): string {
  const value = cutoffScale === 'rprs' ? rprs : linearPredictor;
  const relation = group === 'high' ? 'above' : 'not above';
  return `${score(value)} on the scale of ${SCALES[cutoffScale]} is ${relation} the cut-off of ${score(cutoff)}.`;
}

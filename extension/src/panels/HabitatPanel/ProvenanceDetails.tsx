import type { AnalysisResult, RegistrationReview } from '../../../../src/chain/analysis';
import { STAGES } from '../../../../src/chain/stage';
import { seconds } from './format';

export function ProvenanceDetails({ result }: { readonly result: AnalysisResult }) {
  const { software, model, startedAt, stages } = result.provenance;
  return (
    <details className="sts-details" data-testid="sts-provenance">
      <summary>How it was computed</summary>
      <dl className="sts-provenance">
        <dt>Software</dt>
        <dd>
          {software.name} {software.version}
        </dd>
        <dt>Model</dt>
        <dd>
          {model.name} {model.version}
          <code title={model.hash}>{model.hash.slice(0, 'sha256:'.length + 12)}…</code>
        </dd>
        <dt>Started</dt>
        <dd>{new Date(startedAt).toLocaleString()}</dd>
        <dt>Registration</dt>
        <dd data-testid="sts-provenance-review">{REVIEWS[result.registration.review]}</dd>
        {stages.map((entry) => (
          <StageEntry key={entry.stage} {...entry} />
        ))}
      </dl>
    </details>
  );
}

/** As the report says it. */
const REVIEWS: Readonly<Record<RegistrationReview, string>> = {
  notReviewed: 'Not reviewed by the user',
  accepted: 'Accepted by the user',
  rejected: 'Rejected by the user',
  identityByChoice: 'Scanner geometry (identity) by choice of the user',
};

type Entry = AnalysisResult['provenance']['stages'][number];

function StageEntry({ stage, applied, note, seconds: duration }: Entry) {
  const label = STAGES.find(({ id }) => id === stage)?.label ?? stage;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {applied ? note || 'Done' : `Not applied: ${note}`}
        {applied && duration > 0 && <span className="sts-muted"> {seconds(duration)}</span>}
      </dd>
    </>
  );
}

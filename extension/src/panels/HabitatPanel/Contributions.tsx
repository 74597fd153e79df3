import type { FeatureContribution } from '../../../../src/chain/analysis';
import { SEQUENCE_LABELS } from '../../../../src/dicom/seriesRoles';
import { SignedBar } from '../../charts/SignedBar';
import { score } from './format';

const SHOWN = 12;

const REGION_LABELS: Readonly<Record<FeatureContribution['region'], string>> = {
  tumour: 'tumour',
  peritumour: 'ring',
  expansion: 'tumour and ring',
  habitat1: 'habitat 1',
  habitat2: 'habitat 2',
  habitat3: 'habitat 3',
};

/** What moved the score, the largest first. */
export function Contributions({
  contributions,
}: {
  readonly contributions: readonly FeatureContribution[];
}) {
  const largestFirst = [...contributions].sort(
    (a, b) => Math.abs(b.contribution) - Math.abs(a.contribution),
  );
  const shown = largestFirst.slice(0, SHOWN);
  const largest = Math.abs(shown[0]?.contribution ?? 0);
  return (
    <details className="sts-details" data-testid="sts-contributions">
      <summary>What moved the RPRS ({contributions.length} features)</summary>
      <table className="sts-table sts-contributions">
        <caption>
          Coefficient times z-scored value
          {contributions.length > SHOWN ? `, the ${SHOWN} largest` : ''}
        </caption>
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <th scope="col" aria-hidden="true" />
            <th scope="col">Part of RPRS</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((item) => (
            <tr key={`${item.region}-${item.sequence}-${item.feature}`}>
              <th scope="row">
                <span className="sts-feature">{item.feature.replaceAll('_', ' ')}</span>
                <span className="sts-muted">{whereMeasured(item)}</span>
              </th>
              <td>
                <SignedBar value={item.contribution} largest={largest} />
              </td>
              <td>{score(item.contribution)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function whereMeasured({ region, sequence, z, imputed }: FeatureContribution): string {
  const where =
    sequence === null
      ? REGION_LABELS[region]
      : `${REGION_LABELS[region]} on ${SEQUENCE_LABELS[sequence]}`;
  return `${where}, z ${score(z)}${imputed ? ', imputed' : ''}`;
}

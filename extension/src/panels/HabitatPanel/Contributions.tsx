import type { FeatureContribution } from '../../../../src/chain/analysis';
import { SignedBar } from '../../charts/SignedBar';
import { score } from './format';
import { whereMeasured } from './whereMeasured';

const SHOWN = 12;

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
                <span className="sts-muted">{howMeasured(item)}</span>
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

function howMeasured(item: FeatureContribution): string {
  return `${whereMeasured(item)}, z ${score(item.z)}${item.imputed ? ', imputed' : ''}`;
}

import type { FeatureValue } from '../../../../src/chain/analysis';
import { whereMeasured } from './whereMeasured';

/** Of a result without a score: what could be measured, with what is missing first. */
export function MeasuredFeatures({ features }: { readonly features: readonly FeatureValue[] }) {
  if (features.length === 0) return null;
  const missing = features.filter(({ value }) => value === null);
  const measured = features.filter(({ value }) => value !== null);
  return (
    <details className="sts-details" data-testid="sts-measured-features">
      <summary>
        Features of the model ({measured.length} of {features.length} measured)
      </summary>
      <table className="sts-table">
        <caption>Before harmonisation</caption>
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {[...missing, ...measured].map((item) => (
            <tr key={`${item.region}-${item.sequence}-${item.feature}`}>
              <th scope="row">
                <span className="sts-feature">{item.feature.replaceAll('_', ' ')}</span>
                <span className="sts-muted">{whereMeasured(item)}</span>
              </th>
              <td>{item.value === null ? 'not evaluable' : short(item.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function short(value: number): string {
  return String(Number(value.toPrecision(5))).replace('-', '−');
}

import type { AnalysisResult } from '../../../../src/chain/analysis';
import { CompositionBar } from '../../charts/CompositionBar';
import { HABITAT_COLOURS, RING_COLOUR, UNASSIGNED_COLOUR } from '../../charts/habitatColours';
import { millilitres, percent } from './format';
import { Swatch } from './Swatch';

export function HabitatTable({ result }: { readonly result: AnalysisResult }) {
  const { habitats, tumour, ring } = result;
  const unmeasured = unmeasuredFraction(habitats);
  return (
    <>
      <CompositionBar habitats={habitats} />
      <table className="sts-table">
        <caption>Volumes on the FS-T2WI grid, as stored; shares of the tumour</caption>
        <thead>
          <tr>
            <th scope="col">Region</th>
            <th scope="col">Volume (ml)</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {habitats.map((habitat, index) => (
            <tr key={habitat.region} data-testid={`sts-habitat-${index + 1}`}>
              <th scope="row">
                <span className="sts-region">
                  <Swatch colour={HABITAT_COLOURS[index]} text={String(index + 1)} />
                  <span>
                    {habitat.name}
                    {!habitat.evaluable && <small>too small to measure</small>}
                  </span>
                </span>
              </th>
              <td>{millilitres(habitat.volumeMm3)}</td>
              <td>{percent(habitat.fraction)}</td>
            </tr>
          ))}
          {unmeasured > 0 && (
            <tr data-testid="sts-unmeasured">
              <th scope="row">
                <span className="sts-region">
                  <Swatch colour={UNASSIGNED_COLOUR} text="–" />
                  Outside one of the series
                </span>
              </th>
              <td>{millilitres(unmeasured * tumour.volumeMm3)}</td>
              <td>{percent(unmeasured)}</td>
            </tr>
          )}
          <tr className="sts-total">
            <th scope="row">Tumour</th>
            <td>{millilitres(tumour.volumeMm3)}</td>
            <td />
          </tr>
          <tr>
            <th scope="row">
              <span className="sts-region">
                <Swatch colour={RING_COLOUR} text="R" />
                Peritumoural ring
              </span>
            </th>
            <td>{millilitres(ring.volumeMm3)}</td>
            <td title="Part of the ring that lies in air or outside the images">
              {percent(ring.clippedFraction)} cut off
            </td>
          </tr>
        </tbody>
      </table>
    </>
  );
}

/** Less than this is the rounding of a stored report. */
const ROUNDING = 1e-6;

/** Of the tumour: what belongs to no habitat, because one of the series does not show it. */
function unmeasuredFraction(habitats: AnalysisResult['habitats']): number {
  const rest = habitats.reduce((left, { fraction }) => left - fraction, 1);
  return rest > ROUNDING ? rest : 0;
}

import type { RegistrationCheck } from '../../../../src/chain/analysis';
import { otherSequence } from '../../../../src/chain/bothSequences';
import { SEQUENCE_LABELS } from '../../../../src/dicom/seriesRoles';

/** Towards the positive and the negative end of the axes of LPS. */
const DIRECTIONS = [
  ['left', 'right'],
  ['back', 'front'],
  ['head', 'foot'],
] as const;

/** How far the registration moved the tumour, and how well both series match before and after it. */
export function RegistrationNumbers({ check }: { readonly check: RegistrationCheck }) {
  const { summary, reference, sameFrame } = check;
  const [other, fixed] = [otherSequence(reference), reference].map((id) => SEQUENCE_LABELS[id]);
  const { metricBefore, metricAfter } = summary;
  return (
    <>
      <table className="sts-table sts-review-numbers" data-testid="sts-review-numbers">
        <caption>
          {summary.applied
            ? `From ${fixed} to ${other} at the centre of the tumour, ${sameFrame ? 'beyond the scanner’s positions' : 'beyond laying both centres on each other'}`
            : 'The scanner’s positions as they are'}
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">Total</th>
            <th scope="col">left–right</th>
            <th scope="col">front–back</th>
            <th scope="col">head–foot</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Shift (mm)</th>
            <td data-testid="sts-review-shift">{summary.translationMm.toFixed(1)}</td>
            {summary.translationLpsMm.map((value, axis) => (
              <td key={axis}>{directed(value, axis)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">
              <abbr title="About each axis of the patient">Rotation (°)</abbr>
            </th>
            <td data-testid="sts-review-rotation">{summary.rotationDeg.toFixed(1)}</td>
            {summary.rotationLpsDeg.map((value, axis) => (
              <td key={axis}>{signed(value)}</td>
            ))}
          </tr>
        </tbody>
      </table>
      <dl className="sts-review-metric">
        <dt>Mutual information</dt>
        <dd data-testid="sts-review-metric">
          {metricAfter === null
            ? text(metricBefore)
            : `${text(metricBefore)} before, ${text(metricAfter)} after`}
        </dd>
      </dl>
    </>
  );
}

function directed(value: number, axis: number): string {
  const size = Math.abs(value).toFixed(1);
  return size === '0.0' ? size : `${size} ${DIRECTIONS[axis][value > 0 ? 0 : 1]}`;
}

function signed(value: number): string {
  const shown = Math.abs(value).toFixed(1);
  return value < 0 && shown !== '0.0' ? `−${shown}` : shown;
}

function text(metric: number | null): string {
  return metric === null ? '–' : metric.toFixed(3);
}

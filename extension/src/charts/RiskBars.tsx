import { useId } from 'react';

const WIDTH = 320;
const ROW = 26;
const LABEL_WIDTH = 84;
const VALUE_WIDTH = 60;
const BAR_HEIGHT = 8;
const BAR_WIDTH = WIDTH - LABEL_WIDTH - VALUE_WIDTH;

export interface RiskBarsProps {
  readonly risks: readonly { readonly months: number; readonly risk: number }[];
}

/** Probability of progression or death by each horizon. */
export function RiskBars({ risks }: RiskBarsProps) {
  const id = useId();
  return (
    <svg
      className="sts-risks"
      viewBox={`0 0 ${WIDTH} ${risks.length * ROW}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
    >
      <title id={`${id}-title`}>Risk of progression</title>
      <desc id={`${id}-description`}>{risks.map(sentence).join('; ')}</desc>
      {risks.map((risk, row) => (
        <RiskRow key={risk.months} {...risk} y={row * ROW + ROW / 2} />
      ))}
    </svg>
  );
}

function RiskRow({ months, risk, y }: RiskBarsProps['risks'][number] & { readonly y: number }) {
  const top = y - BAR_HEIGHT / 2;
  return (
    <g>
      <text className="sts-risks-label" x={0} y={y}>
        {months} months
      </text>
      <rect
        className="sts-risks-track"
        x={LABEL_WIDTH}
        y={top}
        width={BAR_WIDTH}
        height={BAR_HEIGHT}
        rx={4}
      />
      <rect
        className="sts-risks-bar"
        x={LABEL_WIDTH}
        y={top}
        width={BAR_WIDTH * risk}
        height={BAR_HEIGHT}
        rx={4}
      />
      <text className="sts-risks-value" x={WIDTH} y={y} data-testid={`sts-risk-${months}`}>
        {(risk * 100).toFixed(1)} %
      </text>
    </g>
  );
}

function sentence({ months, risk }: RiskBarsProps['risks'][number]): string {
  return `${(risk * 100).toFixed(1)} % by ${months} months`;
}

import { ChartFigure } from './ChartFigure';
import { MUTED } from './palette';

export interface FlowChartProps {
  readonly title: string;
  readonly description: string;
  /** Top to bottom; what leaves on the way from a box to the next stands beside the arrow. */
  readonly steps: readonly {
    readonly label: string;
    readonly count: number;
    readonly leaves?: readonly { readonly label: string; readonly count: number }[];
  }[];
}

const WIDTH = 640;
const BOX_WIDTH = 250;
const BOX_HEIGHT = 46;
const GAP = 46;

/** How many patients there were, and how many remain. */
export function FlowChart(props: FlowChartProps) {
  const height = props.steps.length * (BOX_HEIGHT + GAP) - GAP + 2;
  return (
    <ChartFigure
      {...props}
      width={WIDTH}
      height={height}
      table={{
        columns: ['Step', 'Patients'],
        rows: props.steps.flatMap((step) => [
          [step.label, step.count],
          ...(step.leaves ?? []).map((left) => [`left out: ${left.label}`, left.count]),
        ]),
      }}
    >
      {props.steps.map((step, k) => {
        const y = k * (BOX_HEIGHT + GAP) + 1;
        const middle = BOX_WIDTH / 2 + 1;
        return (
          <g key={step.label}>
            <rect
              x={1}
              y={y}
              width={BOX_WIDTH}
              height={BOX_HEIGHT}
              rx={4}
              fill="none"
              stroke={MUTED}
            />
            <text x={middle} y={y + 19} textAnchor="middle">
              {step.label}
            </text>
            <text x={middle} y={y + 37} textAnchor="middle" fontWeight={700}>
              {step.count}
            </text>
            {k + 1 < props.steps.length && (
              <path
                d={`M${middle} ${y + BOX_HEIGHT}v${GAP - 5}m-4 -2l4 7l4 -7`}
                fill="none"
                stroke={MUTED}
              />
            )}
            {(step.leaves ?? []).map((left, row) => (
              <text key={left.label} x={BOX_WIDTH + 24} y={y + BOX_HEIGHT + 18 + row * 17}>
                {`− ${left.count} ${left.label}`}
              </text>
            ))}
          </g>
        );
      })}
    </ChartFigure>
  );
}

import { ChartFigure } from './ChartFigure';
import { MUTED } from './palette';
import { linearScale, roundTicks } from './scale';

export interface NomogramAxis {
  readonly label: string;
  /** Value and where it stands on the axis, in points of the row's own scale. */
  readonly ticks: readonly { readonly label: string; readonly points: number }[];
  /** Both ends of the axis, in points. */
  readonly span: readonly [number, number];
}

export interface NomogramChartProps {
  readonly title: string;
  readonly description: string;
  /** Rows on the scale of 0 to 100 points. */
  readonly covariates: readonly NomogramAxis[];
  readonly largestTotal: number;
  /** Rows on the scale of total points. */
  readonly outcomes: readonly NomogramAxis[];
}

const WIDTH = 720;
const LEFT = 150;
const RIGHT = WIDTH - 24;
const ROW = 52;

/** Points of each covariate, their total, and what the total means. */
export function NomogramChart(props: NomogramChartProps) {
  const points = linearScale([0, 100], [LEFT, RIGHT]);
  const total = linearScale([0, props.largestTotal], [LEFT, RIGHT]);
  const pointTicks = roundTicks(0, 100, 10).map((value) => ({
    label: String(value),
    points: value,
  }));
  const totalTicks = roundTicks(0, props.largestTotal, 10).map((value) => ({
    label: String(value),
    points: value,
  }));
  const rows = [
    { label: 'Points', ticks: pointTicks, span: [0, 100] as const, scale: points },
    ...props.covariates.map((axis) => ({ ...axis, scale: points })),
    {
      label: 'Total points',
      ticks: totalTicks,
      span: [0, props.largestTotal] as const,
      scale: total,
    },
    ...props.outcomes.map((axis) => ({ ...axis, scale: total })),
  ];
  return (
    <ChartFigure
      {...props}
      width={WIDTH}
      height={rows.length * ROW + 6}
      table={{
        columns: ['Axis', 'Value', 'Points'],
        rows: [...props.covariates, ...props.outcomes].flatMap((axis) =>
          axis.ticks.map((tick) => [axis.label, tick.label, tick.points.toFixed(1)]),
        ),
      }}
    >
      {rows.map(({ label, ticks, span, scale }, row) => {
        const y = row * ROW + 20;
        return (
          <g key={label}>
            <text x={0} y={y + 4} fontWeight={600}>
              {label}
            </text>
            <line x1={scale(span[0])} x2={scale(span[1])} y1={y} y2={y} stroke={MUTED} />
            {ticks.map((tick) => (
              <g key={tick.label}>
                <line
                  x1={scale(tick.points)}
                  x2={scale(tick.points)}
                  y1={y}
                  y2={y + 6}
                  stroke={MUTED}
                />
                <text x={scale(tick.points)} y={y + 20} textAnchor="middle">
                  {tick.label}
                </text>
              </g>
            ))}
          </g>
        );
      })}
    </ChartFigure>
  );
}

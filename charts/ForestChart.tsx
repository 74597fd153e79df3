import { ChartFigure } from './ChartFigure';
import { GRID, MUTED, series } from './palette';
import { linearScale } from './scale';

export interface ForestRow {
  readonly name: string;
  readonly value: number;
  readonly interval: readonly [number, number];
  /** A second estimate, drawn open. */
  readonly second?: number;
  readonly emphasis?: boolean;
}

export interface ForestChartProps {
  readonly title: string;
  readonly description: string;
  readonly rows: readonly ForestRow[];
  readonly domain: readonly [number, number];
  /** A vertical line at what chance would give. */
  readonly chance: number;
  readonly valueLabel: string;
  readonly secondLabel: string;
}

const WIDTH = 820;
const LEFT = 350;
const RIGHT = WIDTH - 130;
const ROW = 24;

/** Estimates with intervals, one row each. */
export function ForestChart(props: ForestChartProps) {
  const x = linearScale(props.domain, [LEFT, RIGHT]);
  const clipped = (value: number): number =>
    x(Math.min(props.domain[1], Math.max(props.domain[0], value)));
  const bottom = props.rows.length * ROW + 6;
  const { colour } = series(0);
  const second = series(1).colour;
  return (
    <ChartFigure
      {...props}
      width={WIDTH}
      height={bottom + 48}
      table={{
        columns: ['Name', props.valueLabel, '95 % CI', props.secondLabel],
        rows: props.rows.map((row) => [
          row.name,
          row.value.toFixed(3),
          row.interval.map((value) => value.toFixed(3)).join(' to '),
          row.second?.toFixed(3) ?? '',
        ]),
      }}
    >
      {x.ticks.map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={0} y2={bottom} stroke={GRID} />
          <text x={x(tick)} y={bottom + 18} textAnchor="middle" fill={MUTED}>
            {tick}
          </text>
        </g>
      ))}
      <line x1={x(props.chance)} x2={x(props.chance)} y1={0} y2={bottom} stroke={MUTED} />
      {props.rows.map((row, k) => {
        const y = k * ROW + 14;
        return (
          <g key={row.name} fontWeight={row.emphasis ? 700 : 400}>
            <text x={LEFT - 12} y={y + 4} textAnchor="end">
              {row.name}
            </text>
            <line
              x1={clipped(row.interval[0])}
              x2={clipped(row.interval[1])}
              y1={y}
              y2={y}
              stroke={colour}
              strokeWidth={2}
            />
            <circle cx={clipped(row.value)} cy={y} r={4.5} fill={colour} />
            {row.second !== undefined && (
              <rect
                x={clipped(row.second) - 4}
                y={y - 4}
                width={8}
                height={8}
                fill="var(--sts-background, #fff)"
                stroke={second}
                strokeWidth={2}
              />
            )}
            <text x={RIGHT + 14} y={y + 4}>
              {row.value.toFixed(3)}
              {row.second === undefined ? '' : ` → ${row.second.toFixed(3)}`}
            </text>
          </g>
        );
      })}
      <circle cx={LEFT} cy={bottom + 38} r={4.5} fill={colour} />
      <text x={LEFT + 10} y={bottom + 42}>
        {props.valueLabel}
      </text>
      <rect
        x={LEFT + 170}
        y={bottom + 34}
        width={8}
        height={8}
        fill="var(--sts-background, #fff)"
        stroke={second}
        strokeWidth={2}
      />
      <text x={LEFT + 184} y={bottom + 42}>
        {props.secondLabel}
      </text>
    </ChartFigure>
  );
}

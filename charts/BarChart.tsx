import { ChartFigure } from './ChartFigure';
import { GRID, MUTED, series } from './palette';
import { linearScale } from './scale';

export interface Bar {
  readonly name: string;
  readonly value: number;
}

export interface BarChartProps {
  readonly title: string;
  readonly description: string;
  readonly bars: readonly Bar[];
  readonly domain: readonly [number, number];
  readonly format: (value: number) => string;
  readonly valueLabel: string;
}

const WIDTH = 760;
const LEFT = 390;
const RIGHT = WIDTH - 70;
const ROW = 24;

const LABEL_SIZE = 11;
/** A generous mean of a letter's width, of its size: nothing measures text where reports are written. */
const LETTER = 0.6;

/** Long names are set smaller instead of being cut off. */
function labelSize(name: string): number {
  return Math.min(LABEL_SIZE, (LEFT - 12) / (LETTER * name.length));
}

/** One horizontal bar for each name; values below zero grow to the left. */
export function BarChart(props: BarChartProps) {
  const x = linearScale(props.domain, [LEFT, RIGHT]);
  const zero = x(Math.max(props.domain[0], 0));
  const bottom = props.bars.length * ROW + 6;
  return (
    <ChartFigure
      {...props}
      width={WIDTH}
      height={bottom + 26}
      table={{
        columns: ['Name', props.valueLabel],
        rows: props.bars.map(({ name, value }) => [name, props.format(value)]),
      }}
    >
      {x.ticks.map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={0} y2={bottom} stroke={GRID} />
          <text x={x(tick)} y={bottom + 18} textAnchor="middle" fill={MUTED}>
            {props.format(tick)}
          </text>
        </g>
      ))}
      {props.bars.map(({ name, value }, row) => {
        const end = x(value);
        const y = row * ROW + 4;
        return (
          <g key={name}>
            <text x={LEFT - 12} y={y + 13} textAnchor="end" fontSize={labelSize(name)}>
              {name}
            </text>
            <rect
              x={Math.min(zero, end)}
              width={Math.abs(end - zero)}
              y={y}
              height={ROW - 8}
              fill={series(value < 0 ? 1 : 0).colour}
            />
            <text
              x={value < 0 ? end - 5 : end + 5}
              y={y + 13}
              fontSize={11}
              textAnchor={value < 0 ? 'end' : 'start'}
            >
              {props.format(value)}
            </text>
          </g>
        );
      })}
      <line x1={zero} x2={zero} y1={0} y2={bottom} stroke={MUTED} />
    </ChartFigure>
  );
}

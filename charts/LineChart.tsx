import { Axes } from './Axes';
import { ChartFigure } from './ChartFigure';
import type { TableData } from './DataTable';
import { series } from './palette';
import { linearScale } from './scale';

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
  /** Each value holds until the next point. */
  readonly steps?: boolean;
}

export interface LineChartProps {
  readonly title: string;
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly Line[];
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly xTick?: (value: number) => string;
  readonly yTick?: (value: number) => string;
  /** From one corner to the other: what chance or perfect agreement would give. */
  readonly diagonal?: boolean;
  readonly square?: boolean;
  /** For a narrow panel. */
  readonly compact?: boolean;
  readonly table: TableData;
}

const WIDTH = 460;
const COMPACT = { left: 46, right: 328, top: 12, bottom: 190 };
const LEGEND_ROW = 18;

/** Lines over a common x: ROC curves, decision curves, prediction errors. */
export function LineChart(props: LineChartProps) {
  const plot = props.square ? 340 : 250;
  const wide = { left: 68, right: props.square ? 400 : WIDTH - 14, top: 12, bottom: 12 + plot };
  const box = props.compact ? COMPACT : wide;
  const x = linearScale(props.x, [box.left, box.right]);
  const y = linearScale(props.y, [box.bottom, box.top]);
  const legendTop = box.bottom + 60;
  const height = legendTop + props.lines.length * LEGEND_ROW;
  return (
    <ChartFigure {...props} width={props.compact ? 340 : WIDTH} height={height}>
      <Axes
        box={box}
        x={x}
        y={y}
        xLabel={props.xLabel}
        yLabel={props.compact ? '' : props.yLabel}
        {...(props.xTick ? { xTick: props.xTick } : {})}
        {...(props.yTick ? { yTick: props.yTick } : {})}
      />
      {props.diagonal && (
        <line
          x1={x(props.x[0])}
          y1={y(props.y[0])}
          x2={x(props.x[1])}
          y2={y(props.y[1])}
          stroke="var(--sts-muted, #5a6572)"
          strokeDasharray="3 4"
        />
      )}
      {props.lines.map((line, index) => (
        <path
          key={line.name}
          d={pathOf(line, x, y, props.y)}
          fill="none"
          stroke={series(index).colour}
          strokeWidth={2}
          strokeDasharray={series(index).dash}
        />
      ))}
      {props.lines.map((line, index) => (
        <LegendEntry
          key={line.name}
          name={line.name}
          index={index}
          y={legendTop + index * LEGEND_ROW}
        />
      ))}
    </ChartFigure>
  );
}

export function LegendEntry({
  name,
  index,
  y,
}: {
  readonly name: string;
  readonly index: number;
  readonly y: number;
}) {
  const { colour, dash } = series(index);
  return (
    <g>
      <line x1={68} x2={100} y1={y} y2={y} stroke={colour} strokeWidth={2} strokeDasharray={dash} />
      <text x={108} y={y + 4}>
        {name}
      </text>
    </g>
  );
}

/** Values beyond the axis run along its end. */
function pathOf(
  { points, steps }: Line,
  x: (value: number) => number,
  y: (value: number) => number,
  [low, high]: readonly [number, number],
): string {
  const at = points.map(([px, py]): [number, number] => [
    x(px),
    y(Math.min(high, Math.max(low, py))),
  ]);
  return at
    .map(([px, py], k) => {
      if (k === 0) return `M${coordinate(px)} ${coordinate(py)}`;
      return steps
        ? `H${coordinate(px)}V${coordinate(py)}`
        : `L${coordinate(px)} ${coordinate(py)}`;
    })
    .join('');
}

export function coordinate(value: number): string {
  return String(Math.round(value * 100) / 100);
}
